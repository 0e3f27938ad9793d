/**
 * Whether sessions can go on: the document of each is there and compiles, and what was saved restores in its chart. Nothing of
 * the documents runs, and those that are not trusted are restored isolated, as the server does.
 */
import { HTTP_PROCESSOR } from '../../../engine/event.js';
import {
  compileText,
  isolatedKernel,
  restoreSession,
  type Chart,
  type IsolatedKernel,
  type SavedSession,
} from '../../../engine/index.js';
import { moduleTables, platformModels } from '../../ors/modules/tables.js';
import { messageOf } from '../../problems.js';
import type { DocumentRecord } from '../../store/port.js';
import type { Contents } from '../../store/sqlite/contents.js';
import type { Finding } from './finding.js';

/** Sessions that are restored in one sandbox: it has room for so many at least. */
const ROOM = 32;

export const judgeSessions = async (contents: Contents): Promise<Finding[]> => {
  const findings: Finding[] = [];
  let place: Place | undefined;
  for (const sessionid of contents.activeSessions()) {
    const row = contents.session(sessionid);
    if (!row || !('record' in row)) continue;
    const { document, state } = row.record;
    place = await placeFor(document, contents, place);
    const what = cannotGoOn(place, state);
    if (what !== undefined)
      findings.push({ where: `session ${sessionid}`, what, todo: 'terminate it over HTTP, or restore a backup' });
  }
  place?.kernel?.close();
  return findings;
};

/** Where sessions of one document are restored. */
interface Place {
  readonly document: string;
  readonly kernel: IsolatedKernel | undefined;
  /** Or why there is none. */
  readonly chart: Chart | string;
  room: number;
}

/** The same as before where it will do; what it replaces is closed. */
const placeFor = async (document: string, contents: Contents, before: Place | undefined): Promise<Place> => {
  if (before?.document === document && before.room > 0) return before;
  before?.kernel?.close();
  return placeOf(contents, document);
};

const placeOf = async (contents: Contents, hash: string): Promise<Place> => {
  const row = contents.document(hash);
  if (!row || !('record' in row))
    return { document: hash, kernel: undefined, chart: `its document ${hash} is not there`, room: Infinity };
  const kernel = row.record.author === undefined ? undefined : await isolatedKernel();
  const chart = compiledOf(row.record, kernel);
  await kernel?.ready();
  return { document: hash, kernel, chart, room: kernel ? ROOM : Infinity };
};

const cannotGoOn = (place: Place, state: string): string | undefined => {
  if (typeof place.chart === 'string') return place.chart;
  place.room -= 1;
  try {
    restoreSession(place.chart, JSON.parse(state) as SavedSession).scope.variables();
    return undefined;
  } catch (error) {
    return `what was saved of it does not fit its document: ${messageOf(error)}`;
  }
};

const compiledOf = (record: DocumentRecord, kernel: IsolatedKernel | undefined): Chart | string => {
  const { text, uri, author, resources } = record;
  try {
    return compileText(text, {
      uri,
      trusted: author === undefined,
      ...(kernel && author !== undefined && { kernel, author }),
      resources: (src) => (Object.hasOwn(resources, src) ? resources[src] : undefined),
      modules: moduleTables,
      platform: platformModels,
      processors: [HTTP_PROCESSOR],
    });
  } catch (error) {
    return `its document does not compile: ${messageOf(error)}`;
  }
};
