/**
 * `<send>`, `<cancel>`, `<invoke>`, `<donedata>`: what their arguments are. SCXML 5.7, 6.2 to 6.4. It leaves open in which order
 * arguments are looked at, and of two that fail only the first may be told: the engine's order is taken.
 */
import type { Cancel, Content, DoneData, Invoke, Param, Send, Source } from '../../../engine/document.js';
import { literal, type Evaluator } from './evaluator.js';
import { Failure, type OracleEvent } from './event.js';
import type { Executing } from './platform.js';
import type { Node } from './tree.js';

const scxmlProcessor = 'http://www.w3.org/TR/scxml/#SCXMLEventProcessor';
const processors = [undefined, 'scxml', scxmlProcessor];
const invokers = [undefined, 'scxml', 'http://www.w3.org/TR/scxml', 'http://www.w3.org/TR/scxml/'];

type Fields = Record<string, string>;

const text = (fixed: string | undefined, expr: Source | undefined, datamodel: Evaluator): string | undefined =>
  expr ? String(datamodel.evaluate(expr.text)) : fixed;

const named = (namelist: readonly Source[], datamodel: Evaluator): Fields =>
  Object.fromEntries(namelist.map(({ text: name }) => [name, datamodel.value(name)]));

/** A parameter that fails is left out, and error.execution; what it stands in goes on. SCXML 5.7 */
const valued = (params: readonly Param[], session: Executing): Fields => {
  const fields: Fields = {};
  for (const { name, expr } of params)
    session.attempt(() => {
      fields[name] = session.datamodel.value(expr?.text ?? 'undefined');
    });
  return fields;
};

const objectOf = (fields: Fields): string => {
  const written = Object.entries(fields).map(([name, value]) => `[${JSON.stringify(name)}]:${value}`);
  return written.length === 0 ? 'undefined' : `({${written.join()}})`;
};

const contentOf = ({ expr, inline }: Content, datamodel: Evaluator): string =>
  datamodel.value(expr?.text ?? literal(inline));

const milliseconds = (delay: string | undefined): number => {
  if (delay === undefined) return 0;
  const [, amount, unit] = /^\s*(\d*\.?\d+)(ms|s)\s*$/.exec(delay) ?? [];
  if (amount === undefined) throw new Error(`${delay} is no delay`);
  return Number(amount) * (unit === 's' ? 1000 : 1);
};

/** SCXML 6.2.4: when an argument fails nothing is sent, and the error says which `<send>` it was. */
export const send = (action: Send, session: Executing): void => {
  const { datamodel } = session;
  const id = action.id ?? (action.idlocation && session.newId('send'));
  try {
    if (action.idlocation) datamodel.assign(action.idlocation.text, JSON.stringify(id));
    if (!processors.includes(text(action.type, action.typeexpr, datamodel))) throw new Error('unknown type');
    const fields = { ...named(action.namelist, datamodel), ...valued(action.params, session) };
    const target = text(action.target, action.targetexpr, datamodel);
    const delay = milliseconds(text(action.delay, action.delayexpr, datamodel));
    const data = action.content ? contentOf(action.content, datamodel) : objectOf(fields);
    const event = { name: text(action.event, action.eventexpr, datamodel) ?? '', sendid: id, data };
    dispatch(event, target, delay, session);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('error.execution', id, String(error));
  }
};

const dispatch = (
  event: Pick<OracleEvent, 'name' | 'sendid' | 'data'>,
  target: string | undefined,
  delay: number,
  session: Executing,
): void => {
  if (target === '#_internal') session.internalQueue.push({ ...event, type: 'internal' });
  else if (target !== undefined && !target.startsWith('#_')) throw new Error(`${target} is no target`);
  else if (target !== undefined && !isReachable(target, session)) {
    // SCXML 6.2.5, C.1
    throw new Failure('error.communication', event.sendid, `nobody is ${target}`);
  } else {
    const origin = { origin: `#_scxml_${session.sessionid}`, origintype: scxmlProcessor };
    session.outside.send(session, target, { ...event, ...origin, type: 'external' }, delay);
  }
};

/** Of a session that has come to an end by itself its parent hears only when it has sent to it. */
const isReachable = (target: string, { birth, invoked, outside }: Executing): boolean => {
  if (target === '#_parent') return birth.invokeid !== undefined;
  if (target.startsWith('#_scxml_')) return outside.reaches(target.slice(8));
  return [...invoked.values()].includes(target.slice(2));
};

export const cancel = ({ sendid, sendidexpr }: Cancel, session: Executing): void => {
  session.outside.cancel(session, text(sendid, sendidexpr, session.datamodel) ?? '');
};

/** SCXML 6.4: evaluates the arguments, at the end of the macrostep. */
export const invoke = (inv: Invoke, state: Node, session: Executing): void => {
  const { datamodel } = session;
  const invokeid = inv.id ?? session.newId(state.id);
  if (inv.idlocation) datamodel.assign(inv.idlocation.text, JSON.stringify(invokeid));
  if (!invokers.includes(text(inv.type, inv.typeexpr, datamodel))) throw new Error('unknown type');
  const src = text(inv.src, inv.srcexpr, datamodel);
  const params = { ...named(inv.namelist, datamodel), ...valued(inv.params, session) };
  const content = inv.content && contentOf(inv.content, datamodel);
  session.invoked.set(inv, invokeid);
  session.outside.invoke(session, { invokeid, src, content: content && String(datamodel.evaluate(content)), params });
};

/** SCXML 5.6: content that fails is empty. */
export const donedata = (written: DoneData | undefined, session: Executing): string => {
  if (!written) return 'undefined';
  const { params, content } = written;
  let data = 'undefined';
  if (content)
    session.attempt(() => {
      data = contentOf(content, session.datamodel);
    });
  if (content) return data;
  return objectOf(valued(params, session));
};
