/**
 * The corpus: documents of the ORS dialect as Composer shapes them, each in a world of its own, against the trace that it must
 * have. What runs it, and whether its sessions leave memory whenever they rest, nobody outside may notice.
 */
import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCheck } from '../../server/cli/check.js';
import { play, type World } from './run.js';
import { documents, folder, storyOf } from './story.js';
import { byWhom } from './trace.js';

const worlds: Readonly<Record<string, World>> = {
  'in the trusted kernel': { trusted: true, residents: 5000 },
  'in the trusted kernel, leaving memory after each event': { trusted: true, residents: 0 },
  'in the isolated kernel': { trusted: false, residents: 5000 },
};

describe('the corpus of the ORS dialect', () => {
  it('has 25 documents and more, each with its trace', () => {
    expect(documents().length).to.be.at.least(25);
    for (const name of documents()) {
      expect(existsSync(join(folder, `${name}.scxml`)), name).to.equal(true);
      expect(storyOf(name).trace, name).not.to.be.empty;
    }
  });

  it('passes check, which says which dialect it took and nothing else', () => {
    const said: string[] = [];
    const files = documents().map((name) => join(folder, `${name}.scxml`));
    const code = runCheck(files, { out: (line) => said.push(line), err: (line) => said.push(line) });
    expect(said).to.have.lengthOf(files.length);
    expect(said.filter((line) => !line.includes(': note: read as the ORS dialect'))).to.deep.equal([]);
    expect(code).to.equal(0);
  });

  for (const [title, world] of Object.entries(worlds))
    describe(title, () => {
      for (const name of documents()) {
        const story = storyOf(name);
        it(`${name}: ${story.about}`, async () => {
          expect(byWhom(await play(name, story, world))).to.deep.equal(byWhom(story.trace));
        });
      }
    });
});
