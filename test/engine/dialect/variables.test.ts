/** Parameters, scripts and variables of the ORS dialect. */
import { expect } from 'chai';
import { log } from '../step/stepping.js';
import { inEveryWorld } from './worlds.js';

inEveryWorld('parameters of a session of the ORS dialect', (start) => {
  const body = `<datamodel><data id="top" expr="'own'" _type="parameter"/><data id="other" expr="'own'"/></datamodel>
    <state id="s"><datamodel><data id="inner" expr="'own'"/></datamodel>
    <transition event="go">${log('[top, other, inner, typeof _data.unknown].join()')}</transition></state>`;
  for (const binding of ['early', 'late']) {
    it(`overwrite <data> of the same id, also that of states (${binding} binding)`, () => {
      const params = { top: 'given', inner: 'given', unknown: 'given' };
      const session = start(body, { attributes: `binding="${binding}"`, input: { params } });
      expect(session.send('go')).to.deep.equal(['given,own,given,undefined']);
    });
  }
});

inEveryWorld('scripts of the ORS dialect', (start) => {
  const table: readonly (readonly [what: string, scripts: string, expr: string, value: unknown])[] = [
    [
      'have CDATA, comments and entities',
      `<script><![CDATA[var a = 1 < 2;]]><!-- no --> var b = a &amp;&amp; 3; <![CDATA[ var c = b + 1; ]]></script>`,
      '[a, b, c].join()',
      'true,3,4',
    ],
    ['share what var declares', '<script>var a = 1;</script><script>a += 1; var b = a;</script>', 'a + b', 4],
    ['make variables by assigning', '<script>a = 1; function f() { b = a + 1; } f();</script>', 'a + b', 3],
    ['make variables of _data', '<script>if (typeof _data.a == "undefined") _data.a = 7;</script>', 'a', 7],
  ];
  for (const [what, scripts, expr, value] of table) {
    it(what, () => {
      const session = start(`${scripts}<state id="s"><transition event="go">${log(expr)}</transition></state>`);
      expect(session.send('go')).to.deep.equal([value]);
    });
  }

  it('do not see a variable that only a later script makes', () => {
    const session = start(
      `<state id="s"><transition event="go">${log('a')}</transition><transition event="set"><script>a = 1;</script></transition>
       <transition event="error">${log("'none'")}</transition></state>`,
    );
    expect(session.send('go')).to.deep.equal(['none']);
    expect(session.send('set', 'go')).to.deep.equal([1]);
  });
});

inEveryWorld('other content of the ORS dialect', (start) => {
  it('is logged with its level', () => {
    const session = start(
      `<state id="s"><transition event="go"><log level="2" label="l" expr="1"/></transition></state>`,
    );
    expect(session.send('go')).to.deep.equal([1]);
  });

  it('is taken from <content _expr>', () => {
    const modules = {
      'www.genesyslab.com/modules/session': { fetch: { attributes: { srcexpr: 'value' }, content: true } },
    } as const;
    const body = `<script>var body = { a: 1 };</script><state id="s"><transition event="go">
      <session:fetch xmlns:session="www.genesyslab.com/modules/session" srcexpr="'u'" requestid="id"><content _expr="body"/></session:fetch>
      </transition></state>`;
    const session = start(`<datamodel><data id="id"/></datamodel>${body}`, { options: { modules } });
    session.send('go');
    expect(session.of('module').map(({ content }) => content)).to.deep.equal([{ a: 1 }]);
  });
});
