/**
 * Runs documents by the bare step, without XState: a queue of deliveries, timers on virtual time, invoked children. The second
 * way, beside `createActor`, in which the suites run every document.
 */
import { compileText, type ScxmlOptions } from '../../engine/index.js';
import type { Chart, Hooks, SessionInput } from '../../engine/chart.js';
import type { Effect, InvokeEffect, SendEffect } from '../../engine/effect.js';
import { SCXML_PROCESSOR, type ScxmlEvent } from '../../engine/event.js';
import { cancel, deliver, interpret } from '../../engine/step/algorithm.js';
import { restoreSession, saveSession } from '../../engine/step/save.js';
import type { Session } from '../../engine/step/session.js';

interface Running {
  session: Session;
  readonly parent: string | undefined;
  /** Nothing of a session that was cancelled reaches its parent. SCXML 6.4.3 */
  readonly orphan: boolean;
  readonly children: Map<string, string>;
  readonly options: ScxmlOptions;
}

interface Timer {
  readonly due: number;
  readonly sessionid: string;
  readonly effect: SendEffect;
}

export class StepHost {
  readonly #sessions = new Map<string, Running>();
  readonly #ended = new Map<string, Session>();
  readonly #queue: (() => void)[] = [];
  #timers: Timer[] = [];
  #now = 0;
  #invoked = 0;

  constructor(
    /** Send every session through JSON between any two steps. */
    private readonly roundTrip = false,
  ) {}

  start(text: string, options: ScxmlOptions, input: SessionInput, parent?: string): Session {
    const chart = this.compile(text, options);
    const session = interpret(chart, { ...input, ioprocessors: ioprocessors(input) }, this.#now, this.#hooks(options));
    this.#sessions.set(input.sessionid, { session, parent, orphan: false, children: new Map(), options });
    this.#perform(input.sessionid);
    return session;
  }

  /** Hosts that read the same documents again and again may remember them. */
  protected compile(text: string, options: ScxmlOptions): Chart {
    return compileText(text, options);
  }

  /** The root session, as it is now: round trips make new ones. */
  session(sessionid: string): Session | undefined {
    return this.#sessions.get(sessionid)?.session ?? this.#ended.get(sessionid);
  }

  send(sessionid: string, event: ScxmlEvent): void {
    this.#queue.push(() => {
      this.#step(sessionid, (session) => {
        deliver(session, event, this.#now);
      });
    });
  }

  /** Delivers what waits, without letting time pass. */
  drain(): void {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next();
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    this.drain();
    for (;;) {
      const timer = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
      if (!timer) break;
      this.#timers = this.#timers.filter((each) => each !== timer);
      this.#now = timer.due;
      this.#route(timer.sessionid, timer.effect);
      this.drain();
    }
    this.#now = end;
  }

  #hooks({ trace }: ScxmlOptions): Hooks {
    return { trace, reaches: (sessionid) => this.#sessions.has(sessionid) };
  }

  #step(sessionid: string, act: (session: Session) => void): void {
    const running = this.#sessions.get(sessionid);
    if (!running) return;
    if (this.roundTrip && running.session.running) {
      const saved = JSON.parse(JSON.stringify(saveSession(running.session))) as ReturnType<typeof saveSession>;
      running.session = restoreSession(running.session.chart, saved, this.#hooks(running.options));
    }
    act(running.session);
    this.#perform(sessionid);
  }

  #perform(sessionid: string): void {
    const running = this.#sessions.get(sessionid);
    for (const effect of running?.session.takeEffects() ?? []) this.#act(sessionid, effect);
  }

  #act(sessionid: string, effect: Effect): void {
    const running = this.#sessions.get(sessionid);
    if (running)
      (this.#acts[effect.type] as (effect: Effect, id: string, running: Running) => void)(effect, sessionid, running);
  }

  readonly #acts: {
    readonly [K in Effect['type']]: (effect: Extract<Effect, { type: K }>, id: string, running: Running) => void;
  } = {
    log: (effect, _, { options }) => options.log?.(effect),
    module: () => undefined,
    send: (effect, sessionid) => {
      if (effect.delay > 0) this.#timers.push({ due: this.#now + effect.delay, sessionid, effect });
      else this.#route(sessionid, effect);
    },
    cancel: ({ sendid }, sessionid) => {
      this.#timers = this.#timers.filter((timer) => timer.sessionid !== sessionid || timer.effect.sendid !== sendid);
    },
    invoke: (effect, sessionid, running) => {
      this.#invoke(sessionid, running, effect);
    },
    uninvoke: ({ invokeid }, _, running) => {
      this.#uninvoke(running, invokeid);
    },
    forward: ({ invokeid, event }, _, { children }) => {
      this.send(children.get(invokeid) ?? '', event);
    },
    done: (_, sessionid, running) => {
      this.#done(sessionid, running);
    },
  };

  #route(sessionid: string, effect: SendEffect): void {
    const running = this.#sessions.get(sessionid);
    if (!running) return;
    if (effect.processor !== SCXML_PROCESSOR) {
      running.options.send?.(effect, sessionid, (event) => {
        this.send(sessionid, event);
      });
      return;
    }
    const receiver = receiverOf(effect.target, sessionid, running);
    const { invokeid } = running.session.input;
    if (running.orphan && receiver === running.parent) return;
    const event = receiver === running.parent ? { ...effect.event, invokeid } : effect.event;
    if (receiver !== undefined && this.#sessions.has(receiver)) this.send(receiver, event);
    else this.send(sessionid, { name: 'error.communication', type: 'platform', sendid: effect.event.sendid });
  }

  #invoke(sessionid: string, running: Running, { invokeid, src, content, params }: InvokeEffect): void {
    // An id of its own: what is on its way to a session that was cancelled is not for the one that is invoked anew.
    const child = `${sessionid}.${invokeid}.${(this.#invoked += 1)}`;
    try {
      const text = src === undefined ? textOf(content) : running.options.resources?.(src);
      if (text === undefined) throw new Error('nothing to invoke');
      running.children.set(invokeid, child);
      this.start(text, { ...running.options, trace: undefined }, { sessionid: child, params, invokeid }, sessionid);
    } catch {
      this.send(sessionid, { name: 'error.communication', type: 'platform', invokeid });
    }
  }

  #uninvoke(running: Running, invokeid: string): void {
    const child = running.children.get(invokeid);
    running.children.delete(invokeid);
    const orphan = this.#sessions.get(child ?? '');
    if (child === undefined || !orphan) return;
    this.#sessions.set(child, { ...orphan, orphan: true });
    this.#step(child, (session) => {
      cancel(session, this.#now);
    });
  }

  #done(sessionid: string, running: Running): void {
    const { session, parent, orphan, children } = running;
    for (const invokeid of [...children.keys()]) this.#uninvoke(running, invokeid);
    this.#timers = this.#timers.filter((timer) => timer.sessionid !== sessionid);
    const { invokeid } = session.input;
    this.#sessions.delete(sessionid);
    this.#ended.set(sessionid, session);
    if (parent === undefined || invokeid === undefined || orphan) return;
    this.send(parent, { name: `done.invoke.${invokeid}`, type: 'platform', invokeid, data: session.output });
  }
}

const receiverOf = (target: string | undefined, self: string, { parent, children }: Running): string | undefined => {
  if (target === undefined) return self;
  if (target === '#_parent') return parent;
  return target.startsWith('#_scxml_') ? target.slice(8) : children.get(target.slice(2));
};

const textOf = (content: unknown): string | undefined =>
  typeof content === 'string' ? content : (content as { $xml?: string } | undefined)?.$xml;

const ioprocessors = ({ sessionid, ioprocessors }: SessionInput) => {
  const scxml = { location: `#_scxml_${sessionid}` };
  return { scxml, 'http://www.w3.org/TR/scxml/#SCXMLEventProcessor': scxml, ...ioprocessors };
};
