/**
 * What the customer of one simulated call hears, and the keys that this one presses. `call.ts` has one of these, and says when
 * there is somebody to hear it; `digits.ts` knows what a key does.
 *
 * 1. One treatment at a time. Prompts make way for the next treatment; what collects digits or runs an application is in the way.
 * 2. Whoever waits for a treatment is answered when it ends, is stopped, or the call is over.
 * 3. Keys that are pressed while a prompt plays count only if it may be interrupted.
 */
import type { Clock } from '../../clock.js';
import type {
  ApplicationResult,
  CollectResult,
  DigitInput,
  InteractionId,
  PlayResult,
  Prompt,
  Refusal,
} from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';
import { TIMES, type Press } from './behaviour.js';
import { press } from './digits.js';
import { refusal } from './refusal.js';

/** What the media server of the simulated network does with an application. */
export interface Application {
  /** Milliseconds; default 5 s. */
  readonly lastsMs?: number;
  /** What it returns: the namelist of its exit. */
  readonly result?: Readonly<Record<string, unknown>>;
}

/** What treatments need of the network. */
export interface Studio {
  readonly clock: Clock;
  promptMs(file: string): number;
  application(uri: string): Application | undefined;
}

interface Ends {
  stop(ended: 'done' | 'stopped'): void;
  refuse(refusal: Refusal): void;
}

const APPLICATION_MS = 5_000;

export class Treatments {
  readonly #alarms: Alarms;
  #current: (Ends & { readonly makesWay: boolean }) | undefined;
  /** How many collections there were. */
  #collections = 0;
  /** When an answering machine has said its greeting. */
  beepAt = 0;

  constructor(
    readonly ixn: InteractionId,
    readonly studio: Studio,
    readonly presses: readonly Press[],
  ) {
    this.#alarms = alarmsOn(studio.clock);
  }

  async play(prompt: Prompt): Promise<PlayResult> {
    const wait = prompt.startOnBeep ? Math.max(0, this.beepAt - this.studio.clock.now()) : 0;
    return (
      this.#inTheWay() ??
      (await this.#begin<PlayResult>(true, (end) => {
        if (!prompt.loop) this.#alarms.set('prompt', wait + this.studio.promptMs(prompt.file), () => this.stop('done'));
        return (ended) => end({ ok: true, ended });
      }))
    );
  }

  async collect(prompts: readonly Prompt[], input: DigitInput): Promise<CollectResult> {
    const refused = this.#inTheWay();
    if (refused) return refused;
    const keys = this.presses[this.#collections];
    this.#collections += 1;
    let digits = '';
    let finish: (result: CollectResult) => void = () => undefined;
    const end = (ended: 'max' | 'term' | 'abort' | 'timeout'): void => finish({ ok: true, ended, digits });
    const listen = (): void => {
      this.#alarms.clear('prompt');
      this.#alarms.set('total', input.totalMs, () => end('timeout'));
      if (input.startMs !== undefined) this.#alarms.set('next', input.startMs, () => end('timeout'));
    };
    const pressed = (key: string): void => {
      const now = press(input, digits, key);
      digits = now.digits;
      if (now.ended) end(now.ended);
      else if (input.digitMs !== undefined) this.#alarms.set('next', input.digitMs, () => end('timeout'));
    };
    return this.#begin<CollectResult>(false, (settle) => {
      finish = settle;
      this.#hear(prompts, keys, { listen, pressed });
      return () => settle({ ok: true, ended: 'stopped', digits });
    });
  }

  async run(uri: string): Promise<ApplicationResult> {
    const application = this.studio.application(uri);
    if (!application) return refusal('unreachable', `The media server has no application "${uri}"`);
    const { lastsMs = APPLICATION_MS, result = {} } = application;
    return (
      this.#inTheWay() ??
      (await this.#begin<ApplicationResult>(false, (end) => {
        this.#alarms.set('application', lastsMs, () => this.stop('done'));
        return (ended) => end({ ok: true, ended, result: ended === 'done' ? result : {} });
      }))
    );
  }

  stop(ended: 'done' | 'stopped'): void {
    this.#current?.stop(ended);
  }

  /** The call is over. */
  end(why: Refusal): void {
    this.#current?.refuse(why);
  }

  /** The prompts in turn, then silence; the keys meanwhile. (3) */
  #hear(
    prompts: readonly Prompt[],
    keys: Press | undefined,
    { listen, pressed }: { readonly listen: () => void; readonly pressed: (key: string) => void },
  ): void {
    let playing = -1;
    let reacts = false;
    const isListening = (): boolean => playing >= prompts.length;
    const type = (at: number): void => {
      const key = keys?.digits[at];
      if (key === undefined) return;
      if (!isListening() && prompts[playing]?.interrupt) {
        playing = prompts.length;
        listen();
      }
      // before the key itself, which may end it all
      this.#alarms.set('key', TIMES.keyMs, () => type(at + 1));
      if (isListening()) pressed(key);
    };
    const next = (): void => {
      playing += 1;
      const prompt = prompts[playing];
      if (!reacts && (!prompt || prompt.interrupt)) {
        reacts = true;
        this.#alarms.set('key', keys?.afterMs ?? TIMES.reactMs, () => type(0));
      }
      if (prompt) this.#alarms.set('prompt', this.studio.promptMs(prompt.file), next);
      else listen();
    };
    next();
  }

  /** 1 */
  #inTheWay(): Refusal | undefined {
    if (this.#current && !this.#current.makesWay)
      return refusal('treating', `${this.ixn} hears something that has not ended`);
    this.stop('stopped');
    return undefined;
  }

  /** 2 */
  #begin<T>(makesWay: boolean, start: (end: (result: T) => void) => Ends['stop']): Promise<T | Refusal> {
    return new Promise((resolve) => {
      const end = (result: T | Refusal): void => {
        this.#alarms.clearAll();
        this.#current = undefined;
        resolve(result);
      };
      this.#current = { makesWay, stop: start(end), refuse: end };
    });
  }
}
