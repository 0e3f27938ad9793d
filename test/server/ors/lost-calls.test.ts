import { expect } from 'chai';
import { lostCalls } from '../../../server/ors/lost-calls.js';
import type { InteractionId, UserData } from '../../../server/voice/port.js';

/** `owned`: a session has it; `holder`: as the port says. */
interface Call {
  readonly userData?: UserData;
  readonly owned?: true;
  readonly holder: 'us' | 'other';
}

const its: UserData = { GMS_Service_ID: '1-lost' };

/** How the calls of the callback stand, and which have been ended. */
const look = async (calls: Readonly<Record<string, Call>>, own: readonly string[] = [], isBroken = false) => {
  const ended = new Set<string>();
  const standing = await lostCalls({
    voice: {
      calls: () => Object.keys(calls) as InteractionId[],
      getUserData: (ixn) => calls[ixn]?.userData,
      holder: (ixn) => Promise.resolve(calls[ixn]?.holder),
      async release(ixn) {
        if (isBroken) throw new Error('the adapter is broken');
        ended.add(ixn);
        return { ok: true };
      },
    },
    interactions: { free: (id) => (calls[String(id)]?.owned ? undefined : (id as InteractionId)) },
    talks: { standing: (ixn) => (ixn in calls && !ended.has(ixn) ? 'up' : 'over') },
  })('1-lost', own);
  return { standing, ended: [...ended] };
};

describe('lostCalls', () => {
  const stories: Record<string, [Parameters<typeof look>, Awaited<ReturnType<typeof look>>]> = {
    'has the calls that the session had': [[{}, ['a', 'b']], { standing: ['over', 'over'], ended: [] }],
    'finds the call that a plugin has, and leaves it there': [
      [{ a: { userData: its, owned: true, holder: 'us' } }],
      { standing: ['up'], ended: [] },
    ],
    'ends a call that was given back to nobody': [
      [{ a: { userData: its, holder: 'us' } }],
      { standing: ['over'], ended: ['a'] },
    ],
    'leaves a call that rings at an agent': [
      [{ a: { userData: its, holder: 'other' } }, ['a']],
      { standing: ['up'], ended: [] },
    ],
    "does not look at others' calls": [
      [{ a: { userData: { GMS_Service_ID: '1-other' }, holder: 'us' }, b: { holder: 'us' } }],
      { standing: [], ended: [] },
    ],
    'waits for a call that cannot be ended': [
      [{ a: { userData: its, holder: 'us' } }, [], true],
      { standing: ['up'], ended: [] },
    ],
  };
  for (const [title, [given, found]] of Object.entries(stories))
    it(title, async () => {
      expect(await look(...given)).to.deep.equal(found);
    });
});
