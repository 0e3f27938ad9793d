/** `machineConfig`: XState's own machines, and so its tools, can read every document of the suites. */
import { expect } from 'chai';
import { createMachine } from 'xstate';
import { compileText, machineConfig } from '../../../engine/index.js';
import { scionCases, w3cCases } from '../../support/suite.js';

type Config = Parameters<typeof createMachine>[0];

const machineOf = (text: string, resources?: (src: string) => string | undefined) =>
  createMachine(machineConfig(compileText(text, { trusted: true, ...(resources && { resources }) })) as Config);

describe('machineConfig', () => {
  it('is accepted by createMachine for every document of the suites', () => {
    const refused: string[] = [];
    for (const { folder, name, text, resources } of [...w3cCases(), ...scionCases()].filter(
      ({ name }) => name !== '301',
    ))
      try {
        machineOf(text, resources);
      } catch (error) {
        refused.push(`${folder}/${name}: ${String(error)}`);
      }
    expect(refused).to.deep.equal([]);
  });

  it('shows states, transitions, history and initial states under their ids', () => {
    const machine =
      machineOf(`<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="null" initial="b">
      <state id="a.dotted"><transition event="go.on" target="b"/></state>
      <parallel id="b">
        <state id="c" initial="c2"><history id="h" type="deep"><transition target="c1"/></history><state id="c1"/><state id="c2"/></state>
        <state id="d"><transition event="back" target="h"/></state>
      </parallel>
    </scxml>`);
    expect(Object.keys(machine.states)).to.deep.equal(['a·dotted', 'b']);
    const b = machine.states['b'];
    expect(b?.type).to.equal('parallel');
    expect(b?.states['c']?.config.initial).to.equal('c2');
    expect(b?.states['c']?.states['h']).to.include({ type: 'history', history: 'deep' });
    expect(machine.events).to.include.members(['go.on', 'back']);
  });
});
