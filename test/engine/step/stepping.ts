/** What the tests of the step share: a small document, stepped by hand, and what it did. */
import { compileText, type ScxmlOptions } from '../../../engine/index.js';
import type { Hooks, SessionInput } from '../../../engine/chart.js';
import type { Effect } from '../../../engine/effect.js';
import type { Data, ScxmlEvent } from '../../../engine/event.js';
import { cancel, deliver, interpret } from '../../../engine/step/algorithm.js';
import { restoreSession, saveSession, type SavedSession } from '../../../engine/step/save.js';
import type { Session } from '../../../engine/step/session.js';

export interface Setting {
  readonly attributes?: string;
  /** What makes it a document of its dialect. */
  readonly dialect?: string;
  readonly options?: Partial<ScxmlOptions>;
  readonly input?: Partial<SessionInput>;
  readonly reaches?: Hooks['reaches'];
}

const document = (body: string, { attributes = '', dialect = 'datamodel="ecmascript"' }: Setting): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" ${dialect} ${attributes}>\n${body}\n</scxml>`;

export const log = (expr: string): string => `<log expr="${expr}"/>`;
/** Logs the event's name. */
export const heard = log('_event.name');

/** A session at `#_scxml_self`; `trace` has `+id`, `-id` and what was logged, `effects` everything but logs. */
export class Stepping {
  readonly trace: unknown[] = [];
  readonly effects: Effect[] = [];
  readonly #hooks: Hooks;
  session: Session;

  constructor(body: string, setting: Setting = {}) {
    const { options, input, reaches } = setting;
    this.#hooks = {
      trace: (entry) => {
        if ('enter' in entry) this.trace.push(`+${entry.enter.id}`);
        else if ('exit' in entry) this.trace.push(`-${entry.exit.id}`);
        else if ('label' in entry) this.trace.push(entry.value);
      },
      reaches,
    };
    const chart = compileText(document(body, setting), { trusted: true, ...options });
    this.session = interpret(chart, { sessionid: 'self', ...input }, 0, this.#hooks);
    this.#take();
  }

  /** Delivers external events, one after the other; answers what they left in the trace. */
  send(...events: (string | ScxmlEvent)[]): unknown[] {
    this.trace.length = 0;
    this.effects.length = 0;
    for (const event of events) {
      deliver(this.session, typeof event === 'string' ? { name: event, type: 'external' } : event, 0);
      this.#take();
    }
    return this.trace;
  }

  cancel(): unknown[] {
    this.trace.length = 0;
    this.effects.length = 0;
    cancel(this.session, 0);
    this.#take();
    return this.trace;
  }

  /** Goes on as what is read of its JSON. */
  again(): this {
    const saved = JSON.parse(JSON.stringify(saveSession(this.session))) as SavedSession;
    this.session = restoreSession(this.session.chart, saved, this.#hooks);
    return this;
  }

  get configuration(): string {
    return this.session.configuration.atomic.map(({ id }) => id).join(' ');
  }

  /** Only what was logged. */
  get logged(): unknown[] {
    return this.trace.filter((entry) => typeof entry !== 'string' || !/^[+-]/.test(entry));
  }

  of<K extends Effect['type']>(type: K): Extract<Effect, { type: K }>[] {
    return this.effects.filter((effect): effect is Extract<Effect, { type: K }> => effect.type === type);
  }

  #take(): void {
    this.effects.push(...this.session.takeEffects().filter(({ type }) => type !== 'log'));
  }
}

/** The data of the error event that content leaves behind. */
export const errorOf = (content: string, setting?: Setting): Data | undefined => {
  const stepping = new Stepping(
    `<state id="a"><onentry>${content}</onentry>\n<transition event="error">${log('_event')}</transition></state>`,
    setting,
  );
  return stepping.logged[0] as Data | undefined;
};
