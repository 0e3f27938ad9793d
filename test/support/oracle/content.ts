/** Executable content (SCXML 4, 6.5), element by element; `<send>` is in `message.ts`. Called by `session.ts`. */
import type { Action, Block, Foreach, Invoke } from '../../../engine/document.js';
import { literal } from './evaluator.js';
import { cancel, send } from './message.js';
import type { Executing } from './platform.js';

type Perform = { readonly [K in Action['kind']]: (action: Extract<Action, { kind: K }>, session: Executing) => void };

/** An error ends its block, and is an event. SCXML 4.9 */
export const executeContent = (block: Block, session: Executing): void => {
  session.attempt(() => {
    runAll(block, session);
  });
};

const runAll = (block: Block, session: Executing): void => {
  for (const action of block) (perform[action.kind] as (action: Action, session: Executing) => void)(action, session);
};

const perform: Perform = {
  raise: ({ event }, session) => {
    session.internalQueue.push({ name: event, type: 'internal', data: 'undefined' });
  },
  if: ({ branches }, session) => {
    const taken = branches.find(({ cond }) => cond === undefined || session.test(cond.text));
    if (taken) runAll(taken.content, session);
  },
  foreach: (action, session) => {
    foreach(action, session);
  },
  log: ({ label, expr }, session) => {
    session.trace(`log ${label ?? ''} ${session.datamodel.value(expr?.text ?? 'undefined')}`);
  },
  assign: ({ location, expr, inline }, { datamodel }) => {
    datamodel.assign(location.text, expr?.text ?? literal(inline));
  },
  script: ({ source, src }, { datamodel, outside }) => {
    datamodel.run(source?.text ?? outside.resource(src ?? '') ?? '');
  },
  send,
  cancel,
  extension: () => {
    throw new Error('the oracle knows no modules');
  },
};

/** SCXML 4.6 */
const foreach = ({ array, item, index, content }: Foreach, session: Executing): void => {
  const { datamodel } = session;
  const value = datamodel.evaluate(array.text);
  if (!Array.isArray(value)) throw new Error(`${array.text} is no array`);
  const names = index ? [item.text, index.text] : [item.text];
  for (const name of names) if (!datamodel.declared(name)) datamodel.declare(name, 'undefined');
  const set = datamodel.evaluate(`function (...values) { [${names.join(', ')}] = values; }`) as (
    ...values: unknown[]
  ) => void;
  for (const [at, each] of [...(value as unknown[])].entries()) {
    set(each, at);
    runAll(content, session);
  }
};

/** SCXML 6.5: an empty `<finalize>` takes over what it finds under the names of the parameters. */
export const applyFinalize = (inv: Invoke, session: Executing): void => {
  if (!inv.finalize) return;
  if (inv.finalize.length > 0) {
    executeContent(inv.finalize, session);
    return;
  }
  const locations = [
    ...inv.namelist.map((location) => ({ name: location.text, location })),
    ...inv.params.flatMap(({ name, location }) => (location ? [{ name, location }] : [])),
  ];
  session.attempt(() => {
    for (const { name, location } of locations) {
      const found = `Object(_event.data)[${JSON.stringify(name)}]`;
      if (session.datamodel.condition(`${found} !== undefined`)) session.datamodel.assign(location.text, found);
    }
  });
};
