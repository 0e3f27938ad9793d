/** `<send>` and `<cancel>`. SCXML 6.2, 6.3 */
import type { Running } from '../chart.js';
import type { Cancel, Send } from '../document.js';
import type { SendEffect } from '../effect.js';
import { SCXML_PROCESSOR, type ScxmlEvent } from '../event.js';
import { ContentError, located, type Place } from '../failure.js';
import { asUndefined, contentValue, literalOr, namelistPairs, paramPairs, toObject, type Pairs } from './arguments.js';
import { add, type Compiler, type Run } from './compiler.js';
import { writeTo } from './location.js';
import { parseDelay } from './delay.js';

/** A send whose arguments have been evaluated. */
interface Message {
  readonly sendid: string | undefined;
  readonly target: string | undefined;
  readonly processor: string;
  readonly delay: number;
  readonly event: ScxmlEvent;
  readonly body: boolean;
  readonly repeated: SendEffect['repeated'];
}

export const compileSend = (send: Send, compiler: Compiler): Run => {
  const place: Place = { element: 'send', at: send.at };
  const location = send.idlocation && add(compiler, 'location', send.idlocation);
  const message = compileMessage(send, compiler, place);
  return (session) => {
    // The author's id, or a generated one when `idlocation` asks for it; events of anonymous sends carry none. SCXML 6.2.1
    const sendid = location === undefined ? send.id : session.nextId('send');
    try {
      if (location !== undefined) writeTo(location, sendid, session, place, sendid);
      dispatch(session, message(session, sendid), place, compiler);
    } catch (error) {
      throw located(error, place, sendid);
    }
  };
};

const compileMessage = (send: Send, compiler: Compiler, place: Place) => {
  const name = literalOr(compiler, send.event, send.eventexpr);
  const target = literalOr(compiler, send.target, send.targetexpr);
  const type = literalOr(compiler, send.type, send.typeexpr);
  const delay = literalOr(compiler, send.delay, send.delayexpr);
  const namelist = namelistPairs(compiler, send.namelist);
  const params = paramPairs(compiler, send.params);
  const content = contentValue(compiler, send.content);
  return (session: Running, sendid: string | undefined): Message => {
    const processor = processorOf(type(session), compiler, place, sendid);
    const pairs = content ? [] : [...namelist(session), ...params(session)];
    const repeated = repeatedIn(pairs);
    const to = target(session);
    return {
      sendid,
      processor,
      target: to !== undefined && processor === SCXML_PROCESSOR ? compiler.semantics.target(to) : to,
      delay: delayOf(delay(session), place, sendid),
      body: content !== undefined,
      repeated,
      event: {
        name: name(session) ?? '',
        type: 'external',
        sendid,
        origin: processor === SCXML_PROCESSOR ? `#_scxml_${session.input.sessionid}` : undefined,
        origintype: processor === SCXML_PROCESSOR ? SCXML_PROCESSOR : undefined,
        data: content ? content(session) : toObject(Object.fromEntries(pairs)),
        ...(repeated && { raw: JSON.stringify(repeated) }),
      },
    };
  };
};

/** SCXML 6.2: all that is given is sent, also when a name occurs twice, which an object cannot show. */
const repeatedIn = (pairs: Pairs): SendEffect['repeated'] => {
  if (new Set(pairs.map(([name]) => name)).size === pairs.length) return undefined;
  return pairs.map(([name, value]) => [name, value ?? asUndefined(value)]);
};

const processorOf = (
  type: string | undefined,
  compiler: Compiler,
  place: Place,
  sendid: string | undefined,
): string => {
  const processor = type === undefined ? type : compiler.semantics.processor(type);
  if (processor === undefined || processor === 'scxml' || processor === SCXML_PROCESSOR) return SCXML_PROCESSOR;
  if (compiler.processors.has(processor)) return processor;
  const fault = ofState('send.targettypeinvalid', compiler);
  throw new ContentError(`send type "${type ?? ''}" is not supported here`, place, 'error.execution', sendid, fault);
};

/** ORS names the state in which the send stands. */
const ofState = (fault: string, { stateid }: Compiler): string =>
  stateid === undefined ? fault : `${fault}.${stateid}`;

const delayOf = (text: string | undefined, place: Place, sendid: string | undefined): number => {
  if (text === undefined || text === '') return 0;
  const delay = parseDelay(text);
  if (delay === undefined)
    throw new ContentError(`delay "${text}" is not a time such as 5s or 200ms`, place, 'error.execution', sendid);
  return delay;
};

/** SCXML C.1: where a message to the SCXML processor goes; other processors judge their own targets. */
const dispatch = (session: Running, message: Message, place: Place, compiler: Compiler): void => {
  const { target, processor, event, sendid } = message;
  if (processor === SCXML_PROCESSOR) {
    if (target === '#_internal') {
      session.internalQueue.push({ ...event, type: 'internal', origin: undefined, origintype: undefined });
      return;
    }
    const unreachable = targetProblem(session, target);
    if (unreachable) throw new ContentError(unreachable.message, place, unreachable.event, sendid, unreachable.fault);
  } else if (target === undefined) {
    // SCXML C.2.1
    const fault = ofState('send.targetunavailable', compiler);
    throw new ContentError(`a message to "${processor}" needs a target`, place, 'error.communication', sendid, fault);
  }
  const effect: SendEffect = {
    type: 'send',
    sendid: sendid ?? session.nextId('send'),
    processor,
    target: target === `#_scxml_${session.input.sessionid}` ? undefined : target,
    delay: message.delay,
    event: target === '#_parent' ? { ...event, invokeid: session.input.invokeid } : event,
    body: message.body,
    ...(message.repeated && { repeated: message.repeated }),
  };
  session.effects.push(effect);
  compiler.semantics.sent(effect, session);
};

const targetProblem = (
  session: Running,
  target: string | undefined,
): { message: string; event: 'error.execution' | 'error.communication'; fault: string } | undefined => {
  if (target === undefined || isReachable(session, target)) return undefined;
  if (!target.startsWith('#_'))
    return {
      message: `target "${target}" is not one of the SCXML Event I/O Processor`,
      event: 'error.execution',
      fault: 'send.failed',
    };
  return { message: `target "${target}" is not there`, event: 'error.communication', fault: 'send.nosuchsession' };
};

/** Of the processor's own targets. A session that nobody vouches for may be there: whoever performs the send will know. */
const isReachable = (session: Running, target: string): boolean => {
  if (target === '#_parent') return session.input.invokeid !== undefined;
  if (!target.startsWith('#_scxml_')) return session.invocations.has(target.slice('#_'.length));
  const sessionid = target.slice('#_scxml_'.length);
  return sessionid === session.input.sessionid || (session.hooks.reaches?.(sessionid) ?? true);
};

export const compileCancel = (cancel: Cancel, compiler: Compiler): Run => {
  const sendid = literalOr(compiler, cancel.sendid, cancel.sendidexpr);
  return (session) => {
    const id = sendid(session) ?? '';
    session.effects.push({ type: 'cancel', sendid: id });
    const event = compiler.semantics.cancelled(id, session);
    if (event) session.internalQueue.push(event);
  };
};
