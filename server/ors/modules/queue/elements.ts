/** The elements of the queue module as the engine reads them, what strategies hear of it, and `_genesys.queue` (`../../model/queue.ts`). */
import type { ModuleElement } from '../../../../engine/modules.js';
import type { ModuleTable } from '../../../host/module.js';
import { queueErrors, queueModelTable } from '../../model/queue.js';
import { treatmentElements } from '../dialog/elements.js';

/** `type` and `statserver` are those of targets that have none of their own. `targets.ts` has the forms of `targetid`. */
const targets: ModuleElement = {
  attributes: { type: 'literal', statserver: 'value' },
  children: {
    target: {
      attributes: {
        name: 'value',
        type: 'literal',
        statserver: 'value',
        weight: 'value',
        threshold: 'value',
        skill: 'value',
      },
    },
    targetid: { attributes: { expr: 'value' } },
  },
};

const failed = ['requestid', 'error', 'description'] as const;
const selected = [
  ...['requestid', 'interactionid', 'targetselected', 'vqselected', 'targetcomponentselected'],
  ...['targetobjectselected', 'resource', 'access'],
] as const;

export const queueTable = {
  namespace: 'www.genesyslab.com/modules/queue',
  actions: {
    /**
     * `timeout` in seconds. `clearontimeout` false: error.queue.submit says `timeout`, and the request stays; default true.
     * `route` true: the interaction is routed to who was selected, and queue.submit.done comes when it is there; default false.
     * `reserve` (ours): seconds for which who was selected is kept. `dialling` (ours): `{ dial, success, eta, position }`, in
     * seconds and percent, asks for queue.submit.timetodial. `place` (ours): `place.ts`.
     */
    submit: {
      attributes: {
        queue: 'value',
        priority: 'value',
        ordertype: 'value',
        orderstat: 'value',
        interactionid: 'value',
        timeout: 'value',
        clearontimeout: 'literal',
        route: 'literal',
        reserve: 'value',
        dialling: 'value',
        place: 'value',
        src: 'value',
      },
      children: { targets, runtreatments: { attributes: {}, children: treatmentElements } },
    },
    /** A request by its id, or those of an interaction in a queue. */
    cancel: { attributes: { requestid: 'value', interactionid: 'value', queue: 'value' } },
    query: { attributes: { requestid: 'value' }, required: ['requestid'] },
    /**
     * `hold`: true, false, or so many seconds. Ours: `exclude`, agents that it is not offered to from here on; `decline`, the
     * `reservation` of who was selected (`resource`), who is not to have it: it waits again at its old place.
     */
    update: {
      attributes: { requestid: 'value', priority: 'value', hold: 'value', exclude: 'value', decline: 'value' },
      required: ['requestid'],
      children: { targets },
    },
  },
  events: {
    'queue.submit.requestid': ['requestid'],
    'queue.submit.done': selected,
    'queue.submit.timetodial': ['requestid', 'interactionid', 'position'],
    'error.queue.submit': failed,
    'queue.cancel.done': ['requestid'],
    'error.queue.cancel': failed,
    'queue.query.done': ['requestid', 'priority', 'positioninqueue', 'invqwaittime'],
    'error.queue.query': failed,
    'queue.update.done': ['requestid'],
    'error.queue.update': failed,
    'queue.reservetarget.done': selected,
    'queue.excludeagents.done': ['agents'],
    [queueErrors.reserveTarget]: failed,
    [queueErrors.checkAgentState]: failed,
    [queueErrors.excludeAgents]: failed,
  },
  errors: {
    'error.queue.submit': [
      ...(['invalidattribute', 'bad-target', 'threshold', 'unsupported', 'timeout', 'expired'] as const),
      ...([
        'invalidstate.null',
        'invalidstate.hold',
        'invalidstate.treating',
        'invalidstate.routed',
        'remote',
      ] as const),
      'invaliddestination',
    ],
    'error.queue.cancel': ['invalidattribute', 'invalidstate.null'],
    'error.queue.query': ['invalidstate.null'],
    'error.queue.update': ['invalidattribute', 'bad-target', 'threshold', 'invalidstate.null'],
    [queueErrors.reserveTarget]: ['invalidattribute', 'bad-target', 'timeout', 'expired'],
    [queueErrors.checkAgentState]: ['unsupported'],
    [queueErrors.excludeAgents]: ['invalidattribute'],
  },
  model: queueModelTable,
} as const satisfies ModuleTable;
