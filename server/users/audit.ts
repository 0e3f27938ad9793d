/**
 * What users and operators did, a line of JSON each: who, when, from where, what, to which callbacks. `door.ts` writes, `routes-audit.ts`
 * shows the last of them.
 *
 * 1. Write, then act: a line is on the disk before what it tells of is done. What cannot be written is not done.
 * 2. Numbers are masked, as in the log; passwords are nowhere.
 */
import { appendFile, open, readFile } from 'node:fs/promises';
import { mask } from '../log.js';
import { problem } from '../problems.js';

export interface Entry {
  /** ISO 8601 */
  readonly at: string;
  readonly user: string;
  readonly address: string;
  /** `POST /genesys/1/admin/callback/cancel`, or `refused: locked`. */
  readonly did: string;
  /** Ids and masked numbers. */
  readonly to?: readonly string[];
  /** Of the answer, in a line of its own. */
  readonly status?: number;
}

export interface Audit {
  /** Rejects with STORE_UNAVAILABLE. */
  write(entry: Entry): Promise<void>;
  /** The last ones, oldest first. */
  last(limit: number): Promise<readonly Entry[]>;
}

/** Of a server without a data folder, so many are remembered. */
const REMEMBERED = 1000;
/** What is read of the file's end. */
const TAIL = 1024 * 1024;
const LONGEST = 256;

const written = ({ at, user, address, did, to, status }: Entry): Entry => ({
  at,
  user: mask(user).slice(0, LONGEST),
  address,
  did: mask(did).slice(0, LONGEST),
  ...(to && to.length > 0 && { to: to.map((one) => mask(one).slice(0, LONGEST)) }),
  ...(status !== undefined && { status }),
});

export function auditInMemory(): Audit {
  const entries: Entry[] = [];
  return {
    write(entry) {
      entries.push(written(entry));
      if (entries.length > REMEMBERED) entries.shift();
      return Promise.resolve();
    },
    last: (limit) => Promise.resolve(entries.slice(-limit)),
  };
}

export function auditFile(file: string): Audit {
  let before: Promise<unknown> = Promise.resolve();
  // A crash may have cut the last line, which ends here.
  let begin = '\n';
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = before.then(work, work);
    before = turn.catch(() => undefined);
    return turn;
  };
  return {
    write: (entry) =>
      inOrder(async () => {
        try {
          await appendFile(file, `${begin}${JSON.stringify(written(entry))}\n`, { mode: 0o600, flush: true });
          begin = '';
        } catch {
          throw problem('STORE_UNAVAILABLE', 'the audit log');
        }
      }),
    last: (limit) => inOrder(async () => (await tailOf(file)).slice(-limit)),
  };
}

/** Whole lines; one that a crash has cut is left out. */
async function tailOf(file: string): Promise<Entry[]> {
  let text: string;
  try {
    text = await endOf(file);
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
}

async function endOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size <= TAIL) return await readFile(handle, 'utf8');
    const { buffer } = await handle.read({ buffer: Buffer.alloc(TAIL), position: size - TAIL });
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
