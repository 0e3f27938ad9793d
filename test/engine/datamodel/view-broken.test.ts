/** `_genesys` of sessions whose sandbox breaks: the next one sees the same, and hears no call twice. */
import { expect } from 'chai';
import { fromData } from '../../../engine/datamodel/data.js';
import type { Called } from '../../../engine/datamodel/datamodel.js';
import { isolatedKernel } from '../../../engine/datamodel/ecmascript/isolated/kernel.js';
import type { PlatformModel } from '../../../engine/platform.js';
import { showing } from '../../support/showing.js';
import { failureOf, Guest, parseXml, type Texts } from './guest.js';

const bomb = 'var a = []; for (;;) a.push("x".repeat(1e6) + a.length)';
const platform: readonly PlatformModel[] = [
  { root: 'ixn', namespace: 'urn:ixn', functions: ['put'], library: '{ next() { return this.n + 1; } }' },
];
const note = 'seen.push(_genesys.ixn.n); _genesys.ixn.put(_genesys.ixn.n)';
const texts: Texts = {
  scripts: ['var seen = []', note, bomb, `_genesys.ixn.put('lost'); ${bomb}`],
  values: ['seen', '_genesys.ixn.next()', '1'],
};

describe('a session whose sandbox breaks', () => {
  const open = async () => {
    const kernel = await isolatedKernel({ limits: { memory: 24, evaluation: 10_000, step: 20_000 } });
    const guest = new Guest(texts, kernel.datamodel('a', { parseXml, fuel: 1e9, platform }));
    const heard: unknown[] = [];
    guest.scope.attend(({ name, args }: Called) => heard.push([name, ...(fromData(args) as unknown[])]));
    const step = (n: number): void => {
      guest.scope.begin(n);
      guest.scope.setView(showing({ ixn: { n } }));
    };
    guest.run('var seen = []');
    await kernel.ready();
    return { kernel, guest, heard, step };
  };

  it('has seen in each step what it saw, and sees what it sees now', async () => {
    const { guest, heard, step } = await open();
    for (const n of [1, 2]) {
      step(n);
      guest.run(note);
    }
    step(3);
    expect(failureOf(() => guest.run(bomb))).to.include('memory');
    expect(guest.value('_genesys.ixn.next()')).to.equal(4);
    guest.run(note);
    expect(guest.value('seen')).to.deep.equal([1, 2, 3]);
    expect(heard).to.deep.equal([
      ['put', 1],
      ['put', 2],
      ['put', 3],
    ]);
  });

  it('sees it also when it has not looked before in the step, and after a save', async () => {
    const { guest, heard, step } = await open();
    step(1);
    guest.run(note);
    guest.scope.save();
    step(2);
    expect(failureOf(() => guest.run(bomb))).to.include('memory');
    expect(guest.value('_genesys.ixn.next()')).to.equal(3);
    expect(guest.value('seen')).to.deep.equal([1]);
    expect(heard).to.deep.equal([['put', 1]]);
  });

  it('has called nothing in the source that broke it', async () => {
    const { guest, heard, step } = await open();
    step(1);
    expect(failureOf(() => guest.run(`_genesys.ixn.put('lost'); ${bomb}`))).to.include('memory');
    guest.value('1');
    expect(heard).to.be.empty;
  });

  it('keeps to the moment of a save when views are replaced after it', async () => {
    const { kernel, guest, step } = await open();
    step(1);
    guest.scope.save();
    guest.run(note);
    step(2);
    guest.run(note);
    expect(failureOf(() => guest.run(bomb))).to.include('memory');
    await kernel.ready();
    expect(guest.value('seen')).to.deep.equal([1, 2]);
  });
});
