import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../../../server/cli/commands.js';
import { packageRoot } from '../../../server/root.js';
import { sqliteStore } from '../../../server/store/sqlite/store.js';

const commands = [
  ...readFileSync(join(packageRoot, 'README.md'), 'utf8').matchAll(/^(?:echo '(.*)' \| )?npx ringback (.+)$/gm),
];

async function* linesOf(input: string): AsyncGenerator<string> {
  yield* input.split('\n');
}

describe('the commands of the README', () => {
  it('are of each kind', () => {
    const kinds = new Set(commands.map(([, , rest = '']) => rest.split(' ')[0]));
    expect(kinds).to.deep.equal(new Set(['check', 'trace', 'graph', 'verify', 'backup', 'restore']));
  });

  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-readme-'));
    await (await sqliteStore(folder)).close();
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const placed = (word: string): string => {
    if (word.startsWith('strategies/')) return join(packageRoot, word);
    return word.endsWith('.db') ? join(folder, word) : word;
  };

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
          env: { RINGBACK_DATA: folder },
        },
        (code) => codes.push(code),
      );
      const args = rest.split(' ').map(placed);
      await program.exitOverride().parseAsync(args, { from: 'user' });
      expect([codes, err]).to.deep.equal([[0], []]);
    });
  }
});
