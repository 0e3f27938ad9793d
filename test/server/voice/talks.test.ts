import { expect } from 'chai';
import { talks } from '../../../server/voice/talks.js';
import type { CallView, InteractionId, LegId, TelephonyEvent } from '../../../server/voice/port.js';

describe('talks', () => {
  const ixn = 'ixn-1' as InteractionId;
  const heard = (type: 'established' | 'released' | 'deleted', leg = ''): TelephonyEvent =>
    ({ type, ixn, leg: leg as LegId, at: 0 }) as unknown as TelephonyEvent;
  const stories: Record<string, [events: TelephonyEvent[], standing: string]> = {
    'a call that rings is up': [[], 'up'],
    'a customer alone is up': [[heard('established', '1')], 'up'],
    'two who have answered talk': [[heard('established', '1'), heard('established', '2')], 'talking'],
    'one who is left does not': [[heard('established', '1'), heard('established', '2'), heard('released', '2')], 'up'],
    'of a call that is over nothing is known': [[heard('established', '1'), heard('deleted')], 'over'],
  };
  for (const [title, [events, standing]] of Object.entries(stories))
    it(title, () => {
      const isOver = events.some(({ type }) => type === 'deleted');
      const known = talks({ call: () => (isOver ? undefined : ({} as CallView)) });
      for (const event of events) known.report(event);
      expect(known.standing(ixn)).to.equal(standing);
    });
});
