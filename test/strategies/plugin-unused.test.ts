/** The sample plugin, started for a callback that has ended before it could say anything. */
import { expect } from 'chai';
import { openCentre } from '../support/centre.js';

describe('a plugin that is told nothing', () => {
  for (const [says, given, seconds] of [
    ['its _ttl', { _ttl: 20 }, 20],
    ['a minute where it has none', {}, 60],
  ] as const)
    it(`ends after ${says}`, async () => {
      const centre = await openCentre({ customer: { kind: 'human' } });
      try {
        const { data } = await centre.send('POST', '/scxml/session/start', { src: 'plugin-sample', ...given });
        const session = String(data['sessionid']);
        const status = async (): Promise<unknown> => (await centre.query(session))['status'];
        await centre.run(seconds - 1);
        const before = await status();
        await centre.run(1);
        expect([before, await status()]).to.deep.equal(['active', 'done']);
      } finally {
        await centre.close();
      }
    });
});
