/** Documents that read `_genesys` and call host functions: `check` takes the names for known, a dry run has them, empty of a world. */
import { expect } from 'chai';
import { problemsOf } from '../../../engine/index.js';
import { dryRun, type Line } from '../../../server/cli/dry-run.js';
import { moduleTables, platformModels } from '../../../server/ors/modules/tables.js';

const scxml = (script: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" initial="s">
  <script><![CDATA[${script}]]></script><state id="s"/></scxml>`;

describe('a document that uses the platform', () => {
  const judge = (script: string): string[] =>
    problemsOf(scxml(script), { uri: 'a.scxml', modules: moduleTables, platform: platformModels }).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );

  it('is judged knowing the names of the platform', () => {
    expect(judge("var x = _genesys.session.day.Sunday; __Log(x.toSource()); __Raise('a', eval('[1]'))")).to.deep.equal(
      [],
    );
    expect(judge('var x = [__GetDocumentURL(), __GetCurrentStates(), typeof _genesys.ixn]')).to.deep.equal([]);
  });

  it('is told what it surely regrets', () => {
    expect(judge('_genesys.ixn = 1; _genesis')).to.deep.equal([
      'error: _genesys is read-only (SCXML 5.10)',
      'warning: variable "_genesis" is read and not declared: add <data id="_genesis"/>',
    ]);
    expect(judge('var eval = 1')).to.have.lengthOf(1);
  });

  it('has constants in a dry run, and its calls are told', async () => {
    const lines: Line[] = [];
    const script = "__Log(_genesys.session.day.Saturday, 'day'); _genesys.session.setTenant('x')";
    const run = await dryRun(scxml(script), 'a.scxml', (line) => lines.push(line));
    run.stop();
    expect(lines).to.deep.include({ log: 'day', value: 6 });
    expect(lines.some((line) => 'action' in line && line.action === 'session:setTenant')).to.equal(true);
  });
});
