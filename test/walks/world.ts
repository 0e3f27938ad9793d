/**
 * A session of a strategy among modules that answer as a walk wants: what may happen to it now, by its chart, what it has asked for and
 * its timers. `shapes.ts` has the values, `walk.ts` chooses.
 *
 * 1. A module answers what it was asked and nothing else, with the fields of its table; timers are over in their order.
 * 2. What a strategy tells itself is not told by anybody else.
 */
import { toData } from '../../engine/datamodel/data.js';
import type { Effect, ModuleEffect, SendEffect } from '../../engine/effect.js';
import type { View } from '../../engine/platform.js';
import type { ScxmlEvent } from '../../engine/event.js';
import {
  compileText,
  deliver,
  interpret,
  restoreSession,
  saveSession,
  type Chart,
  type Session,
} from '../../engine/index.js';
import { moduleTables, platformModels, tables } from '../../server/ors/modules/tables.js';
import { ownEvents } from '../pages/heard.js';
import { resource, strategies, type Strategy } from '../pages/read.js';
import { START } from '../support/centre.js';
import type { Draw } from './draw.js';
import { asked, fields } from './shapes.js';
import { listenTo, placeOf } from './taken.js';

/** Something that may happen to the session now. */
export interface Move {
  readonly event: string;
  readonly happen: (draw: Draw) => void;
}

const anyOwn = new Set(strategies.flatMap(({ chart }) => [...ownEvents(chart.nodes)]));

const chartOf = ({ name, text }: Strategy) => {
  const chart = compileText(text, {
    ...{ trusted: true, uri: `${name}.scxml`, resources: resource, modules: moduleTables, platform: platformModels },
  });
  listenTo(chart);
  return chart;
};

/** What a condition compares fields with. */
const literalsOf = ({ chart }: Strategy): ReadonlyMap<string, readonly unknown[]> => {
  const literals = new Map<string, unknown[]>();
  const conditions = chart.nodes.flatMap(({ transitions }) => transitions.flatMap(({ cond }) => cond?.text ?? []));
  for (const text of conditions)
    for (const [, field = '', literal = ''] of text.matchAll(/_event\.data\.(\w+) [!=]== '([^']*)'/g))
      literals.set(field, [...(literals.get(field) ?? []), literal]);
  return literals;
};

type Timer = SendEffect & { readonly due: number };

/** How an event of a module gets its fields. */
interface Asking {
  readonly event: string;
  readonly words: readonly string[];
  readonly draw: Draw;
  readonly request: ModuleEffect | undefined;
}

/** What a walk knows of its session's surroundings. */
interface Around {
  readonly pending: readonly ModuleEffect[];
  readonly timers: readonly Timer[];
  /** Sessions that it has invoked. */
  readonly invoked: readonly string[];
  readonly now: number;
  readonly requests: number;
  /** The seconds at which the session asked for its record to be complete. */
  readonly completed: number;
}

/** Of a strategy, made once. */
export interface Setting {
  readonly name: string;
  readonly chart: Chart;
  readonly literals: ReadonlyMap<string, readonly unknown[]>;
  /** By the place of a transition: the variable that has the requestid it waits for. */
  readonly requests: ReadonlyMap<string, string>;
}

export const settingOf = (strategy: Strategy): Setting => ({
  name: strategy.name,
  chart: chartOf(strategy),
  literals: literalsOf(strategy),
  requests: requestsOf(strategy),
});

const requestsOf = ({ chart }: Strategy): ReadonlyMap<string, string> =>
  new Map(
    chart.nodes.flatMap(({ transitions }) =>
      transitions.flatMap(({ at, cond }) => {
        const [, name] = /requestid === (\w+)/.exec(cond?.text ?? '') ?? [];
        return name === undefined ? [] : [[placeOf(at), name] as const];
      }),
    ),
  );

/** Of two calls that become one: the variables that have them. */
const merged: Readonly<Record<string, string>> = { frominteractionid: 'ixn', tointeractionid: 'held' };

export class World {
  #pending: readonly ModuleEffect[];
  #timers: readonly Timer[];
  #invoked: readonly string[];
  #now: number;
  #requests: number;
  #completed: number;
  /** As they are between two steps. */
  #variables: Readonly<Record<string, unknown>> | undefined;

  private constructor(
    private readonly setting: Setting,
    private readonly view: View,
    private readonly session: Session,
    around: Around = { pending: [], timers: [], invoked: [], now: START, requests: 0, completed: 0 },
  ) {
    this.#pending = around.pending;
    this.#timers = around.timers;
    this.#invoked = around.invoked;
    this.#now = around.now;
    this.#requests = around.requests;
    this.#completed = around.completed;
    this.#heed();
  }

  static begin(setting: Setting, inputs: Readonly<Record<string, unknown>>, view: View): World {
    const params = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toData(value)]));
    const input = { sessionid: 'session-1', params, x: { url: 'http://server/scxml/session/session-1' } };
    return new World(setting, view, interpret(setting.chart, input, START, {}, view));
  }

  /** Another, which goes on from here. */
  copy(): World {
    const session = restoreSession(this.setting.chart, saveSession(this.session), {});
    return new World(this.setting, this.view, session, {
      ...{ pending: this.#pending, timers: this.#timers, invoked: this.#invoked, now: this.#now },
      ...{ requests: this.#requests, completed: this.#completed },
    });
  }

  get running(): boolean {
    return this.session.running;
  }

  /** How often its record was completed. */
  get completed(): number {
    return this.#completed;
  }

  get active(): Session['configuration']['states'] {
    return this.session.configuration.states;
  }

  moves(): Move[] {
    const [timer] = this.#timers;
    const events = new Set(this.active.flatMap(({ transitions }) => transitions.flatMap((each) => each.events)));
    return [
      ...(timer
        ? [
            {
              event: timer.event.name,
              happen: () => {
                this.#elapse(timer);
              },
            },
          ]
        : []),
      ...[...events].filter((event) => !anyOwn.has(event)).flatMap((event) => this.#movesOf(event)),
    ];
  }

  tell(name: string, data: object = {}, { type = 'external', invokeid }: Partial<ScxmlEvent> = {}): void {
    this.#requests += 1;
    this.#step({ name, type, invokeid, sendid: `request-${this.#requests}`, data: toData(data) });
  }

  #movesOf(event: string): Move[] {
    const table = tables.find(({ events = {} }) => event in events);
    if (!table) return this.#fromOutside(event);
    const form = table.events?.[event] ?? [];
    const words = table.errors?.[event]?.filter((word) => !word.startsWith('<')) ?? [];
    const tell = (draw: Draw, request?: ModuleEffect): void => {
      const data = Object.fromEntries(form.map((field) => this.#field(field, { event, words, draw, request })));
      if (request) this.#answered(request, event);
      this.tell(event, data);
    };
    if (!form.includes('requestid')) return [{ event, happen: tell }];
    const named = this.#requestsNamedFor(event);
    return this.#pending
      .filter(({ namespace }) => namespace === table.namespace)
      .filter(({ name, requestid }) => event.split('.').includes(name) || named.has(requestid))
      .map((request) => ({
        event,
        happen: (draw) => {
          tell(draw, request);
        },
      }));
  }

  /** Those that a condition compares the event's with. */
  #requestsNamedFor(event: string): Set<unknown> {
    const waiting = this.active.flatMap(({ transitions }) =>
      transitions.filter(({ events }) => events.includes(event)),
    );
    const names = waiting.flatMap(({ at }) => this.setting.requests.get(placeOf(at)) ?? []);
    return new Set(names.map((name) => this.#variable(name)));
  }

  #fromOutside(event: string): Move[] {
    const datas = [{}, ...(asked[event] ?? []), ...(asked[event] ?? [])];
    const tell = (how?: Partial<ScxmlEvent>) => (draw: Draw) => {
      this.tell(event, draw.of(datas), how);
    };
    if (event.startsWith('done.invoke.'))
      return this.#invoked
        .filter((invokeid) => event === `done.invoke.${invokeid}`)
        .map((invokeid) => ({ event, happen: tell({ invokeid }) }));
    if (event.startsWith('done.')) return [];
    if (!event.startsWith('error.')) return [{ event, happen: tell() }];
    return [undefined, ...this.#invoked].map((invokeid) => ({ event, happen: tell({ type: 'platform', invokeid }) }));
  }

  /** 1 */
  #field(written: string, { event, words, draw, request }: Asking): [string, unknown] {
    const field = written.replace('?', '');
    if (field === 'requestid') return [field, request?.requestid];
    if (field === 'interactionid') return [field, this.#callOf(event, draw)];
    if (field in merged) return [field, this.#variable(merged[field] ?? '')];
    const isOpen = written.endsWith('?') || field === 'resultof';
    if (isOpen && draw.chance(0.5)) return [field, undefined];
    return [field, draw.of(this.#known(field, words))];
  }

  #known(field: string, words: readonly string[]): readonly unknown[] {
    const known = [...(fields[field] ?? []), ...(this.setting.literals.get(field) ?? [])];
    if (field === 'error') known.push(...words);
    return known.length > 0 ? known : ['words'];
  }

  /** There is one call or chat at a time, besides that of an agent who is held. */
  #callOf(event: string, draw: Draw): unknown {
    const [ixn, held] = [this.#variable('ixn'), this.#variable('held')];
    if (event.includes('.create')) return held === undefined ? 'ixn-1' : 'ixn-2';
    return ixn !== undefined && held !== undefined ? draw.of([ixn, held]) : (ixn ?? held ?? 'ixn-1');
  }

  #variable(name: string): unknown {
    this.#variables ??= this.session.scope.variables();
    return this.#variables[name];
  }

  #answered({ requestid, name }: ModuleEffect, event: string): void {
    const goesOn = ['submit', 'expect'].includes(name) && !event.startsWith('error.');
    if (!goesOn) this.#pending = this.#pending.filter((request) => request.requestid !== requestid);
  }

  #elapse(timer: SendEffect & { readonly due: number }): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#now = Math.max(this.#now, timer.due);
    this.#step(timer.event);
  }

  #step(event: ScxmlEvent): void {
    this.#variables = undefined;
    deliver(this.session, event, this.#now, this.view);
    this.#heed();
  }

  #heed(): void {
    for (const effect of this.session.takeEffects()) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    if (effect.type === 'module') {
      if (effect.name === 'update' && effect.attributes['state'] === 'COMPLETED') this.#completed += 1;
      this.#pending = [...this.#pending, effect];
    }
    if (effect.type === 'invoke') this.#invoked = [...this.#invoked, effect.invokeid];
    if (effect.type === 'uninvoke') this.#invoked = this.#invoked.filter((each) => each !== effect.invokeid);
    if (effect.type === 'cancel') this.#timers = this.#timers.filter(({ sendid }) => sendid !== effect.sendid);
    if (effect.type === 'send' && effect.target === undefined)
      this.#timers = [...this.#timers, { ...effect, due: this.#now + effect.delay }].sort((a, b) => a.due - b.due);
  }
}
