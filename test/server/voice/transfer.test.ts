import { transferContract } from './contract-transfer.js';
import { scene } from './scene.js';

transferContract('simulated', async () => {
  const { telephony, events, clock } = await scene({ kind: 'human', patienceMs: 600_000 });
  const numbers = { human: '5551', hasty: '5552', busy: '5553', silentPhone: '5554', machine: '5555' };
  return { telephony, events, numbers, application: '', dn: '7001', told: [], pass: (ms) => clock.advance(ms) };
});
