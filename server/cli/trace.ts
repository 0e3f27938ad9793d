/**
 * `ringback trace FILE`: one session on a virtual clock, fed with the steps on standard input; afterwards its timers run for
 * SETTLE_MS of virtual time. Prints one JSON object, `Told`.
 *
 * 1. Nothing but the steps moves time, and the clock starts at 0: the same input gives the same output.
 * 2. A configuration lists the active atomic states that have an id in the document, in document order; after the end, those
 *    that were active last.
 * 3. The trace is of the session itself, in exact order, without the sessions that it invokes and without states that have no
 *    id. `label` is null where `<log>` has none; a value that JSON does not have (undefined, a cycle) is null.
 */
import { createActor } from 'xstate';
import { envelope } from '../../engine/actor/event.js';
import type { ScxmlLogic } from '../../engine/actor/logic.js';
import type { TraceEntry } from '../../engine/chart.js';
import { toData } from '../../engine/datamodel/data.js';
import { toJson } from '../../engine/datamodel/json.js';
import type { Data } from '../../engine/event.js';
import { scxml } from '../../engine/index.js';
import { DocumentError } from '../../engine/position.js';
import { virtualClock } from '../clock/virtual.js';
import { readDocument, resourcesOf } from './file.js';
import { ScriptError, stepsOf, type Step } from './steps.js';
import type { Terminal } from './terminal.js';

type Line =
  { readonly enter: string } | { readonly exit: string } | { readonly log: string | null; readonly value: Data };

interface Told {
  readonly initialConfiguration: readonly string[];
  readonly steps: readonly { readonly configuration: readonly string[]; readonly running: boolean }[];
  readonly endConfiguration: readonly string[];
  /** The id of the top-level final state that ended the session. */
  readonly final: string | null;
  readonly running: boolean;
  readonly trace: readonly Line[];
}

const SETTLE_MS = 15_000;

/** Answers the exit code: 0, 1 when the document is wrong or its session breaks off, 2 when the input is wrong. */
export const runTrace = async (file: string, terminal: Terminal): Promise<number> => {
  const text = readDocument(file, terminal);
  if (text === undefined) return 1;
  try {
    const settle = settleMs(terminal.env['SETTLE_MS']);
    const steps = stepsOf(await terminal.input());
    terminal.out(JSON.stringify(await tell(text, file, steps, settle)));
    return 0;
  } catch (error) {
    terminal.err(error instanceof DocumentError ? error.message : `${file}: ${messageOf(error)}`);
    return error instanceof ScriptError ? 2 : 1;
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const settleMs = (text: string | undefined): number => {
  if (text === undefined || text === '') return SETTLE_MS;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ScriptError(`SETTLE_MS is "${text}": it must be a whole number of milliseconds`);
};

const tell = async (text: string, file: string, steps: readonly Step[], settle: number): Promise<Told> => {
  const trace: Line[] = [];
  const clock = virtualClock(0);
  const logic = scxml(text, {
    trusted: true,
    uri: file,
    resources: resourcesOf(file),
    trace: (entry) => trace.push(...lines(entry)),
  });
  const actor = createActor(logic, { clock });
  // Without an observer XState reports the error to the process, beside the snapshot.
  actor.subscribe({ error: () => undefined });
  actor.start();
  const now = () => {
    const { configuration, status, error } = actor.getSnapshot();
    if (status === 'error') throw error;
    return { configuration, running: status === 'active' };
  };
  await clock.settle();
  const initialConfiguration = now().configuration;
  const told = [];
  for (const step of steps) {
    if ('advance' in step) await clock.advance(step.advance);
    else if (now().running) actor.send(envelope({ name: step.event, type: 'external', data: toData(step.data) }));
    await clock.settle();
    told.push(now());
  }
  await clock.advance(settle);
  const { configuration: endConfiguration, running } = now();
  const final = finalOf(actor.getSnapshot());
  actor.stop();
  return { initialConfiguration, steps: told, endConfiguration, final, running, trace };
};

const finalOf = ({ session, status }: ReturnType<ScxmlLogic['transition']>): string | null => {
  if (status !== 'done') return null;
  const reached = session.configuration.states.find(({ kind, parent }) => kind === 'final' && parent?.kind === 'scxml');
  return reached?.named ? reached.id : null;
};

const lines = (entry: TraceEntry): Line[] => {
  if ('enter' in entry) return entry.enter.named ? [{ enter: entry.enter.id }] : [];
  if ('exit' in entry) return entry.exit.named ? [{ exit: entry.exit.id }] : [];
  return [{ log: entry.label ?? null, value: plain(entry.value) }];
};

const plain = (value: Data | undefined): Data => {
  try {
    return value === undefined ? null : toJson(value);
  } catch {
    return null;
  }
};
