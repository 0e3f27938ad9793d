/** The demo of `npm start` on the virtual clock, and the command line before it. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { commandLine } from '../../../server/cli/commands.js';
import type { Screen } from '../../../server/cli/screen.js';
import { memoryStore } from '../../../server/store/memory.js';
import { DEMO_CENTRE } from '../../../server/voice/simulated/demo.js';
import { wholeServer } from '../whole.js';
import { saidBy, type Said } from './terminal.js';

export const OPERATOR = 'the-token-of-operators';
export const AGENT = 'the-token-of-alice';

type Environment = Readonly<Record<string, string>>;

interface Given {
  /** Standard input. */
  readonly input?: string;
  readonly screen?: Screen;
}

export async function openDemo(environment: Environment = { RINGBACK_ADMIN_TOKEN: OPERATOR }) {
  const clock = virtualClock(Date.parse('2026-03-02T09:00:00.000Z'));
  const server = await wholeServer({ store: memoryStore(), clock, centre: DEMO_CENTRE, environment });
  await clock.advance(0);
  return {
    url: server.url,
    close: () => server.close(),
    run: (seconds: number) => clock.advance(seconds * 1000),
    async callBack(service: string, number: string): Promise<void> {
      const body = { _customer_number: number };
      await server.ask('POST', `/genesys/1/service/callback/${service}`, { body });
      await clock.settle();
    },
    /** What `ringback ...` says, with these settings where nobody else's are. */
    ringback: (args: readonly string[], env: Environment = {}, given: Given = {}): Promise<Said> =>
      ringback(args, { RINGBACK_EXTERNAL_URL: server.url, RINGBACK_ADMIN_TOKEN: OPERATOR, ...env }, given),
  };
}

export type Demo = Awaited<ReturnType<typeof openDemo>>;

export const ringback = (
  args: readonly string[],
  env: Environment,
  { input = '', screen }: Given = {},
): Promise<Said> =>
  saidBy(async (lines) => {
    const codes: number[] = [];
    const terminal = {
      ...lines,
      env,
      screen,
      prompt: undefined,
      input: async () => input,
      lines: () => linesOf(input),
    };
    await commandLine(terminal, (code) => codes.push(code)).parseAsync(args, { from: 'user' });
    expect(codes).to.have.length(1);
    return codes[0] ?? -1;
  });

async function* linesOf(input: string): AsyncGenerator<string> {
  yield* input.split('\n');
}
