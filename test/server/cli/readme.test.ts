import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../../server/root.js';
import { sqliteStore } from '../../../server/store/sqlite/store.js';
import { openDemo, type Demo } from './demo.js';

const commands = [
  ...readFileSync(join(packageRoot, 'README.md'), 'utf8').matchAll(/^(?:echo '(.*)' \| )?npx ringback (.+)$/gm),
];

describe('the commands of the README', () => {
  it('are of each kind', () => {
    const kinds = new Set(commands.map(([, , rest = '']) => rest.split(' ')[0]));
    const all = ['check', 'trace', 'graph', 'centre', 'verify', 'backup', 'restore', 'user', 'config', 'import'];
    expect(kinds).to.deep.equal(new Set(all));
  });

  let folder: string;
  let demo: Demo;
  before(async () => {
    demo = await openDemo();
    folder = mkdtempSync(join(tmpdir(), 'ringback-readme-'));
    await (await sqliteStore(folder)).close();
    writeFileSync(join(folder, 'gms.cfg'), '[service.Billing]\n_service=callback\n_urs_virtual_queue=VQ\n');
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await demo.close();
  });
  const folders = ['configuration', 'imported'];
  const placed = (word: string): string => {
    if (word.startsWith('strategies/')) return join(packageRoot, word);
    return ['.db', '.cfg'].some((ending) => word.endsWith(ending)) || folders.includes(word)
      ? join(folder, word)
      : word;
  };

  for (const [line, input = '', rest = ''] of commands) {
    it(`work: ${line}`, async () => {
      const args = rest.split(' ').map(placed);
      const { code, err } = await demo.ringback(args, { RINGBACK_DATA: folder }, { input });
      expect([code, err]).to.deep.equal([0, []]);
    });
  }
});
