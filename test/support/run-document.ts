/** One document, run to rest in three ways; what a suite wants to know of it. */
import { createActor, SimulatedClock } from 'xstate';
import { scxml, type ScxmlOptions } from '../../engine/index.js';
import type { ScxmlEvent } from '../../engine/event.js';
import { envelope } from '../../engine/actor/event.js';
import { StepHost } from './step-host.js';

export interface Stage {
  readonly text: string;
  readonly options: ScxmlOptions;
  readonly ioprocessors?: (sessionid: string) => Record<string, { location: string }>;
}

/** A started document. `settle` lets what came in from outside (a socket) be taken, without letting time pass. */
export interface Run {
  configuration(): readonly string[];
  running(): boolean;
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

const byActor = ({ text, options, ioprocessors }: Stage): Run => {
  const clock = new SimulatedClock();
  const actor = createActor(scxml(text, options), {
    clock,
    input: { sessionid, ioprocessors: ioprocessors?.(sessionid) ?? {} },
  });
  actor.subscribe({ error: () => undefined });
  actor.start();
  const failed = () => {
    const { status, error } = actor.getSnapshot();
    if (status === 'error') throw error;
  };
  failed();
  return {
    configuration: () => actor.getSnapshot().configuration,
    running: () => actor.getSnapshot().status === 'active',
    send: ({ name, data }) => {
      actor.send({ type: name, data });
      failed();
    },
    receive: (event) => {
      actor.send(envelope(event));
    },
    // SimulatedClock fires what is due in the order of due times only if it is moved on in small steps.
    advance: (ms) => {
      for (let left = ms; left > 0; left -= 10) clock.increment(Math.min(10, left));
      failed();
    },
  };
};

export const ways: Readonly<Record<string, (stage: Stage) => Run>> = {
  'by step': byStep(false),
  'by step, through JSON before every event': byStep(true),
  'by createActor': byActor,
};
