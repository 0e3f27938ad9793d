import { expect } from 'chai';
import { mkdtemp, realpath, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Documents } from '../../../server/ors/documents.js';

const scxml = (inside: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">${inside}</scxml>`;
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

describe('Documents that are kept', () => {
  let folder: string;
  let documents: Documents;

  /** As if it had been there for long. */
  const old = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), text);
    await utimes(join(folder, name), LONG_AGO, LONG_AGO);
  };
  const load = () => documents.load('main');

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'ringback-kept-')));
    documents = new Documents({ strategies: folder, folders: [], hosts: [], trusted: [] }, () => {
      throw new Error('all of this is trusted');
    });
    await old('main.scxml', scxml('<script src="lib.js"/><state id="a"/>'));
    await old('lib.js', 'var one;');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are the same ones while the disk says that nothing has changed', async () => {
    const first = await load();
    expect(await load()).to.equal(first);
  });

  const changes: [what: string, change: () => Promise<unknown>, lib: string | undefined][] = [
    ['another text', () => writeFile(join(folder, 'lib.js'), 'var other;'), 'var other;'],
    [
      'another text of the same size and time',
      async () => {
        await old('new.js', 'var two;');
        await rename(join(folder, 'new.js'), join(folder, 'lib.js'));
      },
      'var two;',
    ],
    [
      'a link to another file',
      async () => {
        await old('linked.js', 'var two;');
        await unlink(join(folder, 'lib.js'));
        await symlink(join(folder, 'linked.js'), join(folder, 'lib.js'));
      },
      'var two;',
    ],
    ['a file that is gone', () => unlink(join(folder, 'lib.js')), undefined],
  ];
  for (const [what, change, lib] of changes) {
    it(`are read again where a part of them has become ${what}`, async () => {
      const first = await load();
      await change();
      const again = await load();
      expect(again.resources['lib.js']).to.equal(lib);
      expect(again.hash).to.not.equal(first.hash);
    });
  }

  it('are not those that have just been written: they may be written again in the same moment', async () => {
    await writeFile(join(folder, 'lib.js'), 'var a;');
    const first = await load();
    const again = await load();
    expect(again).to.deep.equal(first);
    expect(again).not.to.equal(first);
  });

  it('are not those that miss a part, which may come', async () => {
    await unlink(join(folder, 'lib.js'));
    await load();
    await old('lib.js', 'var late;');
    expect((await load()).resources['lib.js']).to.equal('var late;');
  });
});
