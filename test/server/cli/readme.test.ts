import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../../../server/cli/commands.js';
import { packageRoot } from '../../../server/root.js';

const commands = [
  ...readFileSync(join(packageRoot, 'README.md'), 'utf8').matchAll(/^(?:echo '(.*)' \| )?npx ringback (.+)$/gm),
];

async function* linesOf(input: string): AsyncGenerator<string> {
  yield* input.split('\n');
}

describe('the commands of the README', () => {
  it('are of each kind', () => {
    const kinds = new Set(commands.map(([, , rest = '']) => rest.split(' ')[0]));
    expect(kinds).to.deep.equal(new Set(['check', 'trace', 'graph']));
  });

  for (const [line, input = '', rest = ''] of commands) {
    it(`work: ${line}`, async () => {
      const err: string[] = [];
      const codes: number[] = [];
      const program = commandLine(
        {
          out: () => undefined,
          err: (message) => err.push(message),
          input: async () => input,
          lines: () => linesOf(input),
          prompt: undefined,
          env: {},
        },
        (code) => codes.push(code),
      );
      const args = rest.split(' ').map((word) => (word.startsWith('strategies/') ? join(packageRoot, word) : word));
      await program.exitOverride().parseAsync(args, { from: 'user' });
      expect([codes, err]).to.deep.equal([[0], []]);
    });
  }
});
