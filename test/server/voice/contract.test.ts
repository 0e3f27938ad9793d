/** The simulated network holds what every adapter must. */
import { virtualClock } from '../../../server/clock/virtual.js';
import type { UserEvent } from '../../../server/voice/desk.js';
import type { TelephonyEvent } from '../../../server/voice/port.js';
import type { CustomerRule } from '../../../server/voice/simulated/behaviour.js';
import { Desktop } from '../../../server/voice/simulated/desktop.js';
import { simulatedTelephony } from '../../../server/voice/simulated/network.js';
import { callsContract } from '../../contracts/voice-calls.js';
import { promptsContract } from '../../contracts/voice-prompts.js';
import { transferContract } from '../../contracts/voice-transfers.js';
import type { World } from '../../contracts/voice-world.js';
import { telephonyContract } from '../../contracts/voice.js';

const customers: CustomerRule[] = [
  { number: '5552', does: { kind: 'human', patienceMs: 5_000 } },
  { number: '5553', does: { kind: 'busy' } },
  { number: '5554', does: { kind: 'noAnswer' } },
  { number: '5555', does: { kind: 'machine' } },
  { number: '5556', does: { kind: 'fax' } },
  { number: '5557', does: { kind: 'tone', tone: 'SitVacant' } },
  { number: '5558', does: { kind: 'human', presses: [{ digits: '12#' }] } },
];

const numbers = {
  ...{ human: '5551', hasty: '5552', busy: '5553', silentPhone: '5554' },
  ...{ machine: '5555', fax: '5556', vacant: '5557', keys: '5558' },
};

const open = async (): Promise<World> => {
  const clock = virtualClock();
  const events: TelephonyEvent[] = [];
  const desktop = new Desktop(clock, {}, () => undefined);
  desktop.set('Ready');
  const told: UserEvent[] = [];
  desktop.onUserEvent = (event) => told.push(event);
  const telephony = simulatedTelephony({
    clock,
    seed: '',
    customers,
    applications: { 'http://vxml/menu': { lastsMs: 8_000 } },
    phones: new Map([['7001', desktop]]),
    entryPoints: ['8001'],
    trunkGroups: { TG_Out: {} },
    staff: [{ id: 'alice', dn: '7001', place: 'Place_7001' }],
  });
  await telephony.start((event) => events.push(event));
  return {
    ...{ telephony, events, numbers, told, application: 'http://vxml/menu' },
    ...{ dn: '7001', agent: 'alice', entryPoint: '8001', trunkGroup: 'TG_Out' },
    async arrive(ani, dnis) {
      telephony.arrive({ ani, dnis, routePoint: '8001' });
      await clock.settle();
    },
    pass: (ms) => clock.advance(ms),
  };
};

telephonyContract('simulated', open);
transferContract('simulated', open);
callsContract('simulated', open);
promptsContract('simulated', open);
