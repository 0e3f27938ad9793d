/** A host of sessions for tests: documents by name, virtual time, a gated store, and a module that writes down what it is told. */
import type { Data } from '../../../engine/event.js';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import type { DocumentSource, LoadedDocument } from '../../../server/host/documents.js';
import { Host, type HostOptions } from '../../../server/host/host.js';
import type { ActionContext, Module } from '../../../server/host/module.js';
import type { SessionView } from '../../../server/host/port.js';
import { Replies } from '../../../server/host/replies.js';
import { newId } from '../../../server/ids.js';
import { createLog } from '../../../server/log.js';
import { wsModule } from '../../../server/ors/modules/ws.js';
import { problem, Problem } from '../../../server/problems.js';
import { gatedStore, type GatedStore } from './gated-store.js';

export interface Hosted {
  readonly host: Host;
  readonly clock: VirtualClock;
  readonly store: GatedStore;
  /** What `<t:act>` was performed with, and `ended` for each session that is over. */
  readonly acts: string[];
  /** The contexts of the acts, in the same order. */
  readonly contexts: ActionContext[];
  /** What was logged, a line each. */
  readonly log: string[];
  /** Times a document was asked for. */
  readonly loads: string[];
  /** Documents by the `src` that names them. */
  readonly documents: Map<string, string>;
  /** Loading waits for this, when it is set. */
  gate: Promise<void> | undefined;
  /** Starts a document given as the content of `<scxml>`. */
  run(content: string, params?: Readonly<Record<string, Data>>): Promise<string>;
  view(sessionid: string): Promise<SessionView>;
}

/** `initial` is the first state of the content. */
export const scxml = (content: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" xmlns:t="urn:test"
     xmlns:ws="http://www.genesyslab.com/modules/ws" xmlns:cb="urn:ringback:callback">${content}</scxml>`;

type More = Partial<
  Pick<HostOptions, 'modules' | 'processors' | 'observer' | 'residents' | 'keepMs' | 'documents' | 'callback'>
>;

export const hosted = (more: More = {}): Hosted => {
  const clock = virtualClock();
  const store = gatedStore();
  const replies = new Replies(clock);
  const lines: string[] = [];
  const acts: string[] = [];
  const contexts: ActionContext[] = [];
  const documents = new Map<string, string>();
  const loads: string[] = [];
  const act: Module = {
    namespace: 'urn:test',
    actions: {
      act: {
        attributes: { say: 'value' },
        error: 'error.test.act',
        passing: true,
        perform({ attributes }, context) {
          acts.push(typeof attributes['say'] === 'string' ? attributes['say'] : JSON.stringify(attributes['say']));
          contexts.push(context);
        },
      },
      fault: {
        attributes: { later: 'literal' },
        error: 'error.test.fault',
        perform: ({ attributes }) => {
          if (attributes['later'] === undefined) throw new Error('broken at once');
          return Promise.reject(new Error('broken later'));
        },
      },
    },
    ended: (sessionid) => {
      acts.push(`ended ${sessionid}`);
    },
  };
  const source: DocumentSource = {
    async load(src) {
      loads.push(src);
      await made.gate;
      const text = documents.get(src);
      if (text === undefined) throw problem('DOCUMENT_NOT_FOUND', src);
      return loaded(src, text);
    },
    inline: (text, { uri }) => Promise.resolve(loaded(`${uri}#content`, text)),
    again: (record) => Promise.resolve(record),
  };
  const host = new Host({
    documents: more.documents ?? source,
    store,
    clock,
    modules: [act, wsModule(replies), ...(more.modules ?? [])],
    ...(more.processors && { processors: more.processors }),
    ...(more.residents !== undefined && { residents: more.residents }),
    ...(more.keepMs !== undefined && { keepMs: more.keepMs }),
    ...(more.callback && { callback: more.callback }),
    ...(more.observer && { observer: more.observer }),
    newId,
    newSeed: () => 1,
    replies,
    platform: (sessionid) => ({ url: `http://test/${sessionid}` }),
    log: createLog('info', { write: (line) => void lines.push(line) }),
  });
  const made: Hosted = {
    host,
    clock,
    store,
    acts,
    contexts,
    log: lines,
    loads,
    documents,
    gate: undefined,
    run(content, params = {}) {
      documents.set('main', scxml(content));
      return host.start({ src: 'main', params });
    },
    view: (sessionid) => host.query(sessionid),
  };
  return made;
};

export const loaded = (uri: string, text: string): LoadedDocument => ({
  text,
  uri,
  hash: text,
  author: undefined,
  resources: {},
});

/** What a promise is rejected with: `CODE` of a Problem, the message of anything else, or `resolved`. */
export const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'resolved',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

/** The outcome so far, read whenever it is asked for. */
export const watch = (work: Promise<unknown>): { readonly now: string } => {
  const watched = { now: 'pending' };
  void outcome(work).then((now) => (watched.now = now));
  return watched;
};
