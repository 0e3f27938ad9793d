/** One document, run to rest in several ways; what a suite wants to know of it. */
import { createActor, SimulatedClock, type Snapshot } from 'xstate';
import { isolatedKernel, scxml, type PersistedSnapshot, type ScxmlOptions } from '../../engine/index.js';
import type { ScxmlEvent } from '../../engine/event.js';
import { envelope, type ScxmlActorEvent } from '../../engine/actor/event.js';
import type { ActorInput } from '../../engine/actor/logic.js';
import type { SendBy } from '../../engine/actor/surroundings.js';
import { StepHost } from './step-host.js';

interface Stage {
  readonly text: string;
  readonly options: ScxmlOptions;
  readonly ioprocessors?: (sessionid: string) => Record<string, { location: string }>;
}

/** A started document. `settle` lets what came in from outside (a socket) be taken, without letting time pass. */
export interface Run {
  configuration(): readonly string[];
  running(): boolean;
  /** The event that was processed last, internal ones included. */
  event(): ScxmlEvent | undefined;
  send(event: { name: string; data?: unknown }): void;
  /** An event that came by an I/O processor. */
  receive(event: ScxmlEvent): void;
  advance(ms: number): void;
}

const sessionid = 'root';

const byStep =
  (roundTrip: boolean) =>
  ({ text, options, ioprocessors }: Stage): Run => {
    const host = new StepHost(roundTrip);
    host.start(text, options, { sessionid, ioprocessors: ioprocessors?.(sessionid) ?? {} });
    host.drain();
    const session = () => {
      const found = host.session(sessionid);
      if (!found) throw new Error('the root session is gone');
      return found;
    };
    return {
      configuration: () =>
        session()
          .configuration.atomic.filter(({ named }) => named)
          .map(({ id }) => id),
      running: () => session().running,
      event: () => session().event,
      send: ({ name, data }) => {
        host.send(sessionid, { name, type: 'external', data: data as ScxmlEvent['data'] });
        host.drain();
      },
      receive: (event) => {
        host.send(sessionid, event);
        host.drain();
      },
      advance: (ms) => {
        host.advance(ms);
      },
    };
  };

/** With `persisted`, a new actor goes on before every event, made of what the one before it said of itself as JSON. */
const byActor =
  (persisted: boolean) =>
  ({ text, options, ioprocessors }: Stage): Run => {
    const clock = new SimulatedClock();
    const logic = scxml(text, { ...options, send: options.send && outward(options.send) });
    const begun = (goesOn: { snapshot: Snapshot<unknown> } | { input: ActorInput }) => {
      const created = createActor(logic, { clock, ...goesOn });
      created.subscribe({ error: () => undefined });
      return created.start();
    };
    let actor = begun({ input: { sessionid, ioprocessors: ioprocessors?.(sessionid) ?? {} } });
    const running = () => actor.getSnapshot().status === 'active';
    const renew = () => {
      if (!persisted || !running()) return;
      const snapshot = JSON.parse(JSON.stringify(actor.getPersistedSnapshot())) as Snapshot<unknown>;
      actor.stop();
      actor = begun({ snapshot });
    };
    const failed = () => {
      const { status, error } = actor.getSnapshot();
      if (status === 'error') throw error;
    };
    const deliver = (event: ScxmlActorEvent) => {
      renew();
      actor.send(event);
      failed();
    };
    /** What the world answers a session is for whichever actor it is by then. */
    function outward(send: SendBy): SendBy {
      return (effect, from, tell) => {
        send(effect, from, (event) => {
          if (from === sessionid) deliver(envelope(event));
          else tell(event);
        });
      };
    }
    failed();
    return {
      configuration: () => actor.getSnapshot().configuration,
      running,
      event: () => actor.getSnapshot().session.event,
      send: ({ name, data }) => {
        deliver({ type: name, data });
      },
      receive: (event) => {
        deliver(envelope(event));
      },
      // From one due time to the next: SimulatedClock shows every timer that fires the time it has been moved to.
      advance: (ms) => {
        const end = clock.now() + ms;
        for (let left = untilTimer(actor); clock.now() + left <= end; left = untilTimer(actor)) {
          renew();
          clock.increment(left);
        }
        renew();
        clock.set(end);
        failed();
      },
    };
  };

/** Milliseconds until the next delayed send of a session, or of one that it invoked. */
const untilTimer = (actor: { getPersistedSnapshot(): Snapshot<unknown> }): number => {
  const left = ({ timers, children }: PersistedSnapshot): number =>
    Math.min(...timers.map((timer) => timer.left), ...Object.values(children).map(({ snapshot }) => left(snapshot)));
  return left(actor.getPersistedSnapshot() as unknown as PersistedSnapshot);
};

export type Way = (stage: Stage) => Run;

const kernel = await isolatedKernel();

const isolated =
  (way: Way): Way =>
  (stage) =>
    way({ ...stage, options: { ...stage.options, trusted: false, kernel } });

export const ways: Readonly<Record<string, Way>> = {
  'by step': byStep(false),
  'by step, through JSON before every event': byStep(true),
  'by step, on the isolated kernel': isolated(byStep(false)),
  'by createActor': byActor(false),
  'by createActor, persisted before every event': byActor(true),
};
