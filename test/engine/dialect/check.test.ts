/** Which dialect a document is taken for, and what `check` says of one that is ORS's. */
import { expect } from 'chai';
import { problemsOf } from '../../../engine/index.js';
import { runCheck } from '../../../server/cli/check.js';
import { moduleTables } from '../../../server/ors/modules/tables.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const document = (attributes: string, body = '<state id="a"/>'): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" ${attributes}>\n${body}\n</scxml>`;
const said = (text: string): string[] =>
  problemsOf(text, { modules: moduleTables }).map(
    ({ severity, at, message }) => `${severity} ${at.line}:${at.column}: ${message}`,
  );

describe('the dialect of a document', () => {
  const cancel = (scheme: string): string =>
    `<state id="a"><onentry><q:cancel xmlns:q="${scheme}www.genesyslab.com/modules/queue" requestid="1"/></onentry></state>`;
  const table: readonly (readonly [what: string, text: string, ors: boolean])[] = [
    ['profile="ecmascript"', document('profile="ecmascript"'), true],
    ['no sign of ORS', document(''), false],
    ['another profile', document('profile="minimal"'), false],
    ['datamodel= beside profile=', document('profile="ecmascript" datamodel="ecmascript"'), false],
    ['an action of a module with a scheme', document('', cancel('http://')), true],
    ['an action of a module without one', document('', cancel('')), true],
    ['an action of a module, and datamodel=', document('datamodel="ecmascript"', cancel('')), false],
    ['a namespace that nothing uses', document('xmlns:q="www.genesyslab.com/modules/queue"'), false],
    [
      'an action of a namespace of ours',
      document('', '<state><onentry><b:x xmlns:b="urn:b"/></onentry></state>'),
      false,
    ],
    [
      'an action of a module in a document that it invokes',
      document('', `<state><invoke><content>${document('', cancel(''))}</content></invoke></state>`),
      false,
    ],
  ];
  for (const [what, text, ors] of table) {
    it(`is ${ors ? "ORS's" : 'SCXML 1.0'} with ${what}`, () => {
      const note = problemsOf(text, {}).find(
        ({ severity, at }) => severity === 'note' && at.line < 3 && at.column < 99,
      );
      const inner = text.includes('<invoke>');
      if (!inner) expect(note !== undefined).to.equal(ors);
      else expect(said(text).filter((line) => line.startsWith('note'))).to.have.length(1);
    });
  }

  it('is said by ringback check, as text and as JSON', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialect-'));
    const file = join(folder, 'one.scxml');
    writeFileSync(file, document('profile="ecmascript"'));
    const out: string[] = [];
    const terminal = { out: (line: string) => out.push(line), err: (line: string) => out.push(line) };
    const message = 'read as the ORS dialect, for profile="ecmascript"; for SCXML 1.0 write datamodel="ecmascript"';
    try {
      expect([runCheck([file], terminal), runCheck([file], terminal, 'json')]).to.deep.equal([0, 0]);
      expect(out[0]).to.equal(`${file}:1:71: note: ${message}`);
      expect(JSON.parse(out[1] ?? '')).to.deep.equal([{ file, line: 1, column: 71, severity: 'note', message }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('check of an ORS document', () => {
  const told = (body: string): string[] =>
    said(
      document(
        'profile="ecmascript" xmlns:q="www.genesyslab.com/modules/queue" xmlns:d="www.genesyslab.com/modules/dialog" xmlns:i="http://www.genesyslab.com/modules/interaction"',
        body,
      ),
    ).filter((line) => !line.startsWith('note'));

  const within = (action: string): string => `<state id="a">\n<onentry>${action}</onentry></state>`;
  const fine: Readonly<Record<string, string>> = {
    'attributes of states, data and scripts': `<datamodel><data id="d" _type="parameter" _desc="x"/></datamodel><script type="text/javascript">var x;</script>
      <state id="s" _type="normal" _persist="May" _es_store="true" initial="t"><state id="t"><transition event="e" target="p"/></state></state><parallel id="p" _type="x"><transition event="e" target="f"/></parallel><final id="f" _desc="x"/>`,
    '<initial>': '<state id="s"><initial><transition target="t"/></initial><state id="t"/></state>',
    'levels of logs': within(`<log expr="1" level="2"/>`),
    'parameters of <raise>': `<state id="a"><onentry><raise event="e"><param name="n" expr="1"/></raise></onentry><transition event="e"/></state>`,
    'variables that are made by _data': within(`<script>_data.made = 1;</script><log expr="made"/>`),
  };
  for (const [what, body] of Object.entries(fine)) {
    it(`has nothing to say of ${what}`, () => {
      expect(told(body)).to.deep.equal([]);
    });
  }

  const wrong: readonly (readonly [body: string, expected: RegExp])[] = [
    [
      within(`<send evnt="'x'" event="'a'"/>`),
      /warning 3:\d+: unknown attribute evnt of <send> is ignored: did you mean event\?/,
    ],
    ['<state id="a" _typ="x"/>', /warning 2:21: unknown attribute _typ of <state> is ignored: did you mean _type\?/],
    [within('<assign location="_data.x" expr="1"/><log expr="y"/>'), /variable "y" is read and not declared/],
    [
      within(`<send event="nam"/><script>var name;</script>`),
      /variable "nam" is read and not declared: did you mean name\?/,
    ],
    [within(`<send event="a" eventexpr="'y'"/>`), /<send> cannot have event and eventexpr together/],
    [within(`<send event="'x'" eventexpr="'y'"/>`), /<send> cannot have event and eventexpr together/],
    [
      `<state id="a"><invoke src="x.scxml" autoforward="true"/></state>`,
      /error 2:\d+: autoforward="true" is unknown: write false/,
    ],
    [
      '<state id="a"><anchor type="t"/></state>',
      /error 2:15: <anchor> is not supported: ORS has no anchors: use <history>/,
    ],
    [
      within(`<send event="'go'"/>`) + '<state id="b"><transition event="gone"/></state>',
      /no transition waits for event "go"/,
    ],
    [
      within(`<i:terminate interactionid="1"><i:accept interactionid="1"/></i:terminate>`),
      /error 3:\d+: <accept> cannot stand in <terminate>: only <queue:submit> and <dialog:runtreatments> hold actions/,
    ],
  ];
  for (const [body, expected] of wrong) {
    it(`says ${expected.source}`, () => {
      expect(told(body).join('\n')).to.match(expected);
    });
  }

  it('lets <submit> have treatments', () => {
    const treatments = '<d:runtreatments><d:pause/></d:runtreatments>';
    expect(told(within(`<q:submit queue="'q'">${treatments}</q:submit>`)).join()).not.to.match(/error|cannot stand/);
  });

  it('refuses nested actions of ORS documents only', () => {
    const body = within(`<i:terminate interactionid="1"><i:accept interactionid="1"/></i:terminate>`);
    const namespaces = 'xmlns:i="http://www.genesyslab.com/modules/interaction"';
    expect(said(document(`datamodel="ecmascript" ${namespaces}`, body)).join('\n')).not.to.match(/cannot stand/);
  });
});
