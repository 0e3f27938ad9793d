/**
 * One session on a virtual clock, for `trace.ts` and `follow.ts`: what happens in it is told in exact order.
 *
 * 1. Nothing but `advance` moves time, and the clock starts at 0: the same calls tell the same.
 * 2. States without an id are not told, nor are the sessions that this one invokes.
 * 3. Actions of modules are told and not performed: their events are what the author sends.
 */
import { createActor } from 'xstate';
import { envelope } from '../../engine/actor/event.js';
import type { ScxmlLogic } from '../../engine/actor/logic.js';
import type { TraceEntry } from '../../engine/chart.js';
import { toData } from '../../engine/datamodel/data.js';
import { toJson } from '../../engine/datamodel/json.js';
import type { Effect, ModuleEffect } from '../../engine/effect.js';
import type { Data, ScxmlEvent } from '../../engine/event.js';
import { scxml } from '../../engine/index.js';
import type { Position } from '../../engine/position.js';
import type { ErrorData } from '../../engine/semantics/semantics.js';
import { virtualClock } from '../clock/virtual.js';
import { moduleTables, platformModels } from '../ors/modules/tables.js';
import { resourcesOf } from './file.js';

/**
 * `log` is null where `<log>` has no label; a value that JSON does not have (undefined, a cycle) is null. `reason` and `at` are null where an
 * error does not say why, or has no place in the document.
 */
export type Line =
  | { readonly enter: string }
  | { readonly exit: string }
  | { readonly error: string; readonly reason: string | null; readonly at: Position | null }
  | { readonly log: string | null; readonly value: Data }
  | { readonly action: string; readonly requestid: string; readonly attributes: Data; readonly params: Data };

export interface DryRun {
  send(event: string, data?: unknown): Promise<void>;
  advance(ms: number): Promise<void>;
  now(): number;
  /** Throws what the session broke off with. */
  look(): Look;
  variables(): Readonly<Record<string, unknown>>;
  stop(): void;
}

interface Look {
  /** The active atomic states in document order; after the end, those that were active last. */
  readonly configuration: readonly string[];
  readonly running: boolean;
  /** The id of the top-level final state that ended the session. */
  readonly final: string | null;
}

/** Starts the document. Throws DocumentError when it is wrong. */
export const dryRun = async (text: string, file: string, tell: (line: Line) => void): Promise<DryRun> => {
  const clock = virtualClock(0);
  const logic = scxml(text, {
    trusted: true,
    uri: file,
    resources: resourcesOf(file),
    modules: moduleTables,
    platform: platformModels,
    trace: (entry) => {
      for (const line of lines(entry)) tell(line);
    },
    perform: (effects, session, self) => {
      const modules = effects.filter(isModule);
      if (session === actor.getSnapshot().session) for (const effect of modules) tell(actionLine(effect));
      const { surroundings } = self.getSnapshot() as ReturnType<ScxmlLogic['transition']>;
      surroundings.perform(effects.filter((effect) => !isModule(effect)));
    },
  });
  const actor = createActor(logic, { clock, input: { sessionid: 'session' } });
  // Without an observer XState reports the error to the process, beside the snapshot.
  actor.subscribe({ error: () => undefined });
  actor.start();
  await clock.settle();
  const look = (): Look => {
    const snapshot = actor.getSnapshot();
    if (snapshot.status === 'error') throw snapshot.error;
    return { configuration: snapshot.configuration, running: snapshot.status === 'active', final: finalOf(snapshot) };
  };
  return {
    async send(name, data) {
      if (!look().running) return;
      actor.send(envelope({ name, type: 'external', data: toData(data) }));
      await clock.settle();
    },
    async advance(ms) {
      await clock.advance(ms);
    },
    now: () => clock.now(),
    look,
    variables: () => actor.getSnapshot().context,
    stop: () => void actor.stop(),
  };
};

const isModule = (effect: Effect): effect is ModuleEffect => effect.type === 'module';

const finalOf = ({ session, status }: ReturnType<ScxmlLogic['transition']>): string | null => {
  if (status !== 'done') return null;
  const reached = session.configuration.states.find(({ kind, parent }) => kind === 'final' && parent?.kind === 'scxml');
  return reached?.named ? reached.id : null;
};

const lines = (entry: TraceEntry): Line[] => {
  if ('enter' in entry) return entry.enter.named ? [{ enter: entry.enter.id }] : [];
  if ('exit' in entry) return entry.exit.named ? [{ exit: entry.exit.id }] : [];
  if ('error' in entry) return [errorLine(entry.error)];
  return [{ log: entry.label ?? null, value: plain(entry.value) }];
};

const errorLine = ({ name, data }: ScxmlEvent): Line => {
  const { reason = null, line, column } = (data ?? {}) as Partial<ErrorData>;
  return { error: name, reason, at: line === undefined || column === undefined ? null : { line, column } };
};

/** `interaction:createcall`: the last word of the namespace stands for it. */
const actionLine = ({ namespace, name, requestid, attributes, params }: ModuleEffect): Line => ({
  action: `${namespace.split(/[/:]/).at(-1) ?? ''}:${name}`,
  requestid,
  attributes: plainFields(attributes),
  params: plainFields(params),
});

const plainFields = (values: Readonly<Record<string, Data | undefined>>): Data =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));

const plain = (value: Data | undefined): Data => {
  try {
    return value === undefined ? null : toJson(value);
  } catch {
    return null;
  }
};
