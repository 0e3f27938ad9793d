import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCheck } from '../../../server/cli/check.js';
import { dryRun } from '../../../server/cli/dry-run.js';

const scxml = (body: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:xi="http://www.w3.org/2001/XInclude" version="1.0" datamodel="ecmascript">${body}</scxml>`;
const outer = scxml(
  '<datamodel><data id="v"/></datamodel><xi:include href="parts/inner.scxml" resolveid="P" xpointer="p"/>',
);
const inner = (expr: string): string =>
  scxml(`\n<state id="p"><onentry>\n<assign location="v" expr="${expr}"/></onentry></state>`);

describe('what a document includes, on the command line', () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-include-'));
    mkdirSync(join(folder, 'parts'));
    file = join(folder, 'outer.scxml');
    writeFileSync(file, outer);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is checked in its place beside the document', () => {
    writeFileSync(join(folder, 'parts', 'inner.scxml'), inner('1 +'));
    const out: string[] = [];
    const to = { out: (line: string) => out.push(line), err: (line: string) => out.push(line) };
    expect(runCheck([file], to)).to.equal(1);
    expect(out.join('\n')).to.match(/\/parts\/inner\.scxml:3:\d+: /);
    out.length = 0;
    runCheck([file], to, 'json');
    expect(JSON.parse(out[0] ?? '')).to.have.nested.property('[0].file', join(folder, 'parts', 'inner.scxml'));
  });

  it('runs in a trace', async () => {
    writeFileSync(join(folder, 'parts', 'inner.scxml'), inner('_my_prefix'));
    const run = await dryRun(outer, file, () => undefined);
    expect(run.look().configuration).to.deep.equal(['P.p']);
    expect(run.variables()).to.deep.include({ v: 'P' });
    run.stop();
  });
});
