import { expect } from 'chai';
import type { ModuleEffect } from '../../../../../engine/effect.js';
import type { ActionContext } from '../../../../../server/host/module.js';
import { Expected } from '../../../../../server/ors/modules/callback/expected.js';

type Attributes = Readonly<Record<string, string>>;

/** Sessions and what they hear. */
function stage() {
  const expected = new Expected();
  const heard: string[] = [];
  const context = (sessionid: string, more: Partial<ActionContext> = {}): ActionContext => {
    const tell = (name: string, data: unknown): boolean => {
      const { sessionid: of, error } = data as { readonly sessionid?: string; readonly error?: string };
      heard.push([sessionid, name, of ?? error].filter((word) => word !== undefined).join(' '));
      return true;
    };
    const end = (): void => void heard.push(`${sessionid} ends`);
    const base = { sessionid, key: '', since: 0, again: false, attempts: 0, retry: end, isActive: () => true };
    return { ...base, raise: tell, finish: tell, end, ...more };
  };
  const effect = (attributes: Attributes): ModuleEffect =>
    ({ requestid: 'r', attributes, params: {}, children: [] }) as unknown as ModuleEffect;
  return {
    heard,
    expect: (sessionid: string, attributes: Attributes, again = false) => {
      expected.expect(effect(attributes), context(sessionid, { again }));
    },
    unexpect: (sessionid: string) => {
      expected.unexpect(effect({ requestid: 'r' }), context(sessionid));
    },
    match: (attributes: Attributes) => {
      expected.match(effect(attributes), context('inbound'));
      return heard.at(-1);
    },
    forget: (sessionid: string) => {
      expected.forget(sessionid);
    },
  };
}

const MATCHED = 'inbound callback.match.done s1';
const NOT = 'inbound error.callback.match nomatch';

describe('a call that is expected', () => {
  const rows: readonly [expected: Attributes, call: Attributes, answer: string][] = [
    [{ number: '8001', phone: '123' }, { number: '8001', phone: '123' }, MATCHED],
    [{ number: '+1 (650) 8001', phone: '+1-23' }, { number: '16508001', phone: '(1)23' }, MATCHED],
    [{ number: '8001', phone: '123' }, { number: '8002', phone: '123' }, NOT],
    [{ number: '8001', phone: '123' }, { number: '8001', phone: '124' }, NOT],
    [{ number: '8001', phone: '123' }, { number: '8001' }, NOT],
    [{ number: '8001', phone: '123', code: '77' }, { number: '8001', phone: '123' }, MATCHED],
    [{ number: '8001', phone: '123', code: '77' }, { number: '8001', code: '77' }, MATCHED],
    [{ number: '8001', phone: '123', code: '77' }, { number: '8001', phone: '124', code: '77' }, NOT],
    [{ number: '8001', phone: '123', code: '77' }, { number: '8001', phone: '123', code: '78' }, NOT],
    [{ number: '8001', phone: '123' }, { number: '8001', phone: '123', code: '77' }, NOT],
    [{ number: '8001', code: '77' }, { number: '8001', phone: '124', code: '77' }, MATCHED],
  ];
  for (const [who, call, answer] of rows)
    it(`by ${JSON.stringify(who)} ${answer === MATCHED ? 'is' : 'is not'} ${JSON.stringify(call)}`, () => {
      const { expect: expectCall, match } = stage();
      expectCall('s1', who);
      expect(match(call)).to.equal(answer);
    });

  it('is matched once, and both are told', () => {
    const { expect: expectCall, match, heard } = stage();
    expectCall('s1', { number: '8001', phone: '1' });
    match({ number: '8001', phone: '1' });
    expect(match({ number: '8001', phone: '1' })).to.equal(NOT);
    expect(heard).to.deep.equal(['s1 callback.expected', 's1 callback.matched', MATCHED, NOT]);
  });

  it('is nobody else’s by the same code, or from the same phone without one', () => {
    const { expect: expectCall, heard } = stage();
    expectCall('s1', { number: '8001', phone: '1' });
    expectCall('s2', { number: '8001', phone: '1' });
    expectCall('s3', { number: '8001', phone: '1', code: '7' });
    expectCall('s4', { number: '8001', phone: '2', code: '7' });
    expectCall('s5', { number: '8002', phone: '1' });
    expect(heard.slice(1)).to.deep.equal([
      's2 error.callback.expect taken',
      's3 callback.expected',
      's4 error.callback.expect taken',
      's5 callback.expected',
    ]);
  });

  it('needs a number, and a phone or a code', () => {
    const { expect: expectCall, heard } = stage();
    expectCall('s1', { number: 'none', phone: '1' });
    expectCall('s1', { number: '8001' });
    expect(new Set(heard)).to.deep.equal(new Set(['s1 error.callback.expect invalidattribute']));
  });

  it('is not expected any more when the session says so, or ends; the action ends with it', () => {
    const { expect: expectCall, unexpect, forget, match, heard } = stage();
    expectCall('s1', { number: '8001', phone: '1' });
    unexpect('s1');
    expect(match({ number: '8001', phone: '1' })).to.equal(NOT);
    expectCall('s1', { number: '8001', phone: '1' });
    forget('s1');
    expect(match({ number: '8001', phone: '1' })).to.equal(NOT);
    expect(heard.filter((line) => line === 's1 ends')).to.have.lengthOf(2);
  });

  it('is expected by the next process, which says so to nobody', () => {
    const { expect: expectCall, match, heard } = stage();
    expectCall('s1', { number: '8001', phone: '1' }, true);
    expect(heard).to.deep.equal([]);
    expect(match({ number: '8001', phone: '1' })).to.equal(MATCHED);
  });
});
