/**
 * What ORS does in its own way.
 *
 * 1. An event with another name in SCXML 1.0 has that as `alias`: one event, which transitions on either name match.
 * 2. A send with an id is pending until it has come back to the session, or is due elsewhere. One that was cancelled does not come any
 *    more, also if it was on its way already.
 */
import { HTTP_PROCESSOR, SCXML_PROCESSOR, type Data, type ScxmlEvent } from '../event.js';
import { FetchError, type ContentError } from '../failure.js';
import { fileOf } from '../position.js';
import { errorData, type Semantics, type Speaking } from './semantics.js';

/** By the element that failed; of all others it is the value of an attribute. */
const faults: Readonly<Record<string, string>> = {
  script: 'script',
  transition: 'illegalcond',
  if: 'illegalcond',
  data: 'illegaldata',
  assign: 'illegalassign',
};

/** `ReferenceError` of `ReferenceError: x is not defined`. */
const thrown = /^(\w*Error)\b/;

/** Those that name the exception. */
const thrownBy = /^(?:script|illegal(?:cond|data|value|loc))$/;

const faultOf = (error: ContentError, uri: string): string => {
  if (error instanceof FetchError) return `badfetch.${protocolOf(error.target, uri)}`;
  const fault = error.fault ?? faults[error.place.element] ?? 'illegalvalue';
  const [, type] = thrown.exec(error.message) ?? [];
  return type === undefined || !thrownBy.test(fault) ? fault : `${fault}.${type}`;
};

/** The name of a strategy of this server is a file. */
const protocolOf = (target: string, uri: string): string => {
  const url = [target, uri].find((text) => URL.canParse(text));
  return url === undefined ? 'file' : new URL(url).protocol.slice(0, -1);
};

const failed = (error: ContentError, { chart }: Speaking): ScxmlEvent => ({
  name: `error.${faultOf(error, chart.uri)}`,
  alias: error.event,
  type: 'platform',
  sendid: error.sendid,
  data: {
    ...errorData(error),
    document: fileOf(error.place.at, chart.uri),
    element: error.place.element,
    linenumber: error.place.at.line,
    ...(error instanceof FetchError && { target: error.target }),
  },
});

/** Of a document that a session invokes, and that could not be had: `status` is what HTTP would say. */
const badFetch = (event: ScxmlEvent, { chart }: Speaking): ScxmlEvent => {
  const { target, status, ...data } = event.data as { readonly target?: string; readonly status?: number };
  if (target === undefined || status === undefined) return event;
  const name = `error.badfetch.${protocolOf(target, chart.uri)}.${status}`;
  return { ...event, name, alias: event.name, data: { ...data, target, document: chart.uri, element: 'invoke' } };
};

/** Of what is over: a state, or an invoked session. */
const over = (sessionid: string | undefined, params: Data | undefined): Data => ({
  ...(sessionid !== undefined && { sessionid }),
  reason: 'finished',
  ...(params !== undefined && { params }),
});

const isOwn = ({ origin, sendid }: ScxmlEvent, { input }: Speaking): boolean =>
  sendid !== undefined && origin === `#_scxml_${input.sessionid}`;

/** 2 */
const returned = (event: ScxmlEvent, session: Speaking): ScxmlEvent | undefined => {
  const index = session.pending.findIndex(({ sendid, due }) => sendid === event.sendid && due === undefined);
  if (index < 0) return undefined;
  session.pending = session.pending.filter((_, at) => at !== index);
  return event;
};

const received = (event: ScxmlEvent, session: Speaking): ScxmlEvent | undefined => {
  if (isOwn(event, session)) return returned(event, session);
  if (event.type !== 'platform') return event;
  const { name, data, invokeid, from, sendid } = event;
  if (name === `done.invoke.${invokeid ?? ''}`) return { ...event, data: over(from, data) };
  if (name !== 'error.communication') return event;
  if (invokeid !== undefined) return badFetch(event, session);
  if (sendid === undefined) return event;
  const where = { document: session.chart.uri, element: 'send' };
  return { ...event, name: 'error.send.failed', alias: name, data: { ...(data as object), ...where } };
};

const targets: Readonly<Record<string, string>> = { _internal: '#_internal', _parent: '#_parent' };
const processors: Readonly<Record<string, string>> = { scxml: SCXML_PROCESSOR, basichttp: HTTP_PROCESSOR };

/** 2 */
const isPending = ({ due }: { readonly due?: number }, now: number): boolean => due === undefined || due > now;

export const ors: Semantics = {
  paramsEverywhere: true,
  makesVariables: true,
  refusesNestedActions: true,
  failed,
  doneState: (id, params, { input }) => ({
    name: `done.state.${id}`,
    type: 'platform',
    data: over(input.sessionid, params),
  }),
  received,
  // Of one that nobody invoked the name is not documented: it is its own.
  cancelling: ({ input: { sessionid, invokeid = sessionid } }) => ({
    name: `cancel.invoke.${invokeid}`,
    type: 'external',
  }),
  // Where SCXML has a name of its own for it, ORS has the session's id.
  target: (target) => targets[target] ?? (target.startsWith('#_') ? target : `#_scxml_${target}`),
  processor: (type) => processors[type] ?? type,
  sent({ event: { sendid }, target, delay }, session) {
    if (sendid === undefined) return;
    const pending = session.pending.filter((one) => isPending(one, session.now));
    session.pending = [...pending, target === undefined ? { sendid } : { sendid, due: session.now + delay }];
  },
  cancelled(sendid, session) {
    const left = session.pending.filter((one) => one.sendid !== sendid);
    const found = session.pending.some((one) => one.sendid === sendid && isPending(one, session.now));
    session.pending = left;
    const event = { type: 'platform', sendid, data: { sendid } } as const;
    if (found) return { name: 'cancel.successful', ...event };
    return { name: 'error.notallowed', alias: 'error.cancel.notallowed', ...event };
  },
};
