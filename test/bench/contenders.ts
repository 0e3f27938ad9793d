/** Who takes part, and how each is made to run a chart: one function that sends one event. */
import * as scionModule from '@scion-scxml/scxml';
import { createActor, createMachine } from 'xstate';
import { createActor as createActor6 } from 'xstate6';
import { createMachineFromSCXML } from 'xstate6/scxml';
import { compileText, deliver, interpret, isolatedKernel, scxml, type IsolatedKernel } from '../../engine/index.js';
import type { Benchmark } from './charts.js';

export type Send = (event: string) => void;

export interface Contender {
  readonly name: string;
  /** Loads the document and starts a session; undefined when this one cannot run it. */
  readonly start: (benchmark: Benchmark) => Promise<Send | undefined>;
  /** Charts that it is not asked to run: already loading them would take minutes. */
  readonly leaves?: RegExp;
}

interface ScionModel {
  prepare(done: (error: unknown, model: unknown) => void): void;
}

interface Scion {
  documentStringToModel(uri: string, text: string, done: (error: unknown, model: ScionModel) => void): void;
  readonly core: { readonly Statechart: new (model: unknown) => { start(): void; gen(event: { name: string }): void } };
}

const scion = ((scionModule as { default?: unknown }).default ?? scionModule) as Scion;

const prepared = (text: string): Promise<unknown> =>
  new Promise((done, fail) => {
    const settle = (error: unknown, value: unknown): void => {
      if (error) fail(error instanceof Error ? error : new Error(JSON.stringify(error)));
      else done(value);
    };
    scion.documentStringToModel('bench.scxml', text, (error, model) => {
      if (error) settle(error, undefined);
      else model.prepare(settle);
    });
  });

const sender = (actor: { send(event: { type: string }): void }): Send => {
  const events = new Map<string, { type: string }>();
  return (type) => {
    let event = events.get(type);
    if (!event) events.set(type, (event = { type }));
    actor.send(event);
  };
};

let kernel: IsolatedKernel | undefined;

export const contenders: readonly Contender[] = [
  {
    name: 'Ringback step',
    start: ({ scxml: text }) => {
      const session = interpret(compileText(text, { trusted: true }), { sessionid: 'bench' }, 0);
      return Promise.resolve((name) => {
        deliver(session, { name, type: 'external' }, 0);
        session.takeEffects();
      });
    },
  },
  {
    name: 'Ringback createActor',
    start: ({ scxml: text }) => Promise.resolve(sender(createActor(scxml(text, { trusted: true })).start())),
  },
  {
    name: 'createActor, isolated',
    start: async ({ scxml: text }) => {
      kernel ??= await isolatedKernel({ elapsed: () => performance.now() });
      return sender(createActor(scxml(text, { kernel })).start());
    },
  },
  {
    name: 'SCION 4.3',
    leaves: /LCCA-(64|256)|Transitions-256/,
    start: async ({ scxml: text }) => {
      const chart = new scion.core.Statechart(await prepared(text));
      chart.start();
      return (name) => {
        chart.gen({ name });
      };
    },
  },
  {
    name: 'XState 5',
    start: ({ machine }) => Promise.resolve(machine && sender(createActor(createMachine(machine)).start())),
  },
  {
    name: 'XState 6 SCXML',
    leaves: /LCCA-(64|256)|Transitions-256/,
    start: ({ scxml: text }) => {
      const actor = createActor6(createMachineFromSCXML(text));
      actor.start();
      return Promise.resolve(sender(actor as unknown as { send(event: { type: string }): void }));
    },
  },
];
