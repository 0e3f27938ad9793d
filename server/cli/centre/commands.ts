/** `ringback centre` and the commands below it, with their options. `../centre.ts` carries them out. */
import type { Command } from 'commander';
import { runAct, runCentre, type Act, type CentreOptions } from '../centre.js';
import type { Terminal } from '../terminal.js';
import { urlOption } from '../url.js';

export const centreCommands = (program: Command, terminal: Terminal, exit: (code: number) => void): void => {
  const centre = program
    .command('centre')
    .description('show queues, agents and calls of a running server; log agents in and out')
    .configureHelp({ showGlobalOptions: true })
    .addOption(urlOption(terminal))
    .option('--once', 'print it once, as it does by itself where output is no terminal')
    .option('--json', 'print what the server answers')
    .addHelpText(
      'after',
      '\nThe server lets in who has its RINGBACK_ADMIN_TOKEN in the environment. On a terminal the centre is drawn anew every second,' +
        '\nuntil Ctrl-C; numbers are masked. Exit code: 1, and a line that says why, when it cannot be seen or done; else 0.' +
        '\n\nA simulated agent who is logged in and made ready so answers by the script again. With RINGBACK_AGENT_TOKENS (agent=token)' +
        '\nin place of RINGBACK_ADMIN_TOKEN the agent is taken over, as by a desktop, and whoever has the token answers.',
    )
    .action(async (options: CentreOptions) => {
      exit(await runCentre(terminal, options));
    });

  const act = async (agent: string, wish: Act): Promise<void> => {
    exit(await runAct(terminal, agent, wish, centre.opts<CentreOptions>()));
  };
  const command = (name: string, description: string): Command =>
    centre.command(name).description(description).argument('<agent>', 'the id, as the centre shows it');

  command('login', 'log an agent in, not ready')
    .option('--place <place>', 'where the agent sits: refused if it is not the configured place')
    .action((agent: string, { place }: { place?: string }) =>
      act(agent, { what: 'login', ...(place !== undefined && { place }) }),
    );
  command('logout', 'log an agent out: a call that the agent has ends').action((agent: string) =>
    act(agent, { what: 'logout' }),
  );
  command('ready', 'make an agent ready for calls, during a call from its end on').action((agent: string) =>
    act(agent, { what: 'state', state: 'Ready' }),
  );
  command('not-ready', 'give an agent no calls, during a call from its end on')
    .option('--reason <text>', 'why, as others see it')
    .action((agent: string, { reason }: { reason?: string }) =>
      act(agent, { what: 'state', state: 'NotReady', ...(reason !== undefined && { reason }) }),
    );
};
