/** Reads what strace has written (`-f -y`): for requests that came one after the other, what happened until each was answered. */

export type Happening = 'request' | 'flush begins' | 'flushed' | 'answer';

/** By the path of the request; flushes of other files are left out, and what comes more than once is named once. */
export const happened = (
  trace: string,
  paths: readonly string[],
  database: string,
): Readonly<Record<string, readonly Happening[]>> => {
  const flushing = new Set<string>();
  const outcome = Object.fromEntries(paths.map((path) => [path, new Set<Happening>()]));
  const left = [...paths];
  for (const line of trace.split('\n')) {
    const [path = ''] = left;
    const happenings = outcome[path];
    for (const happening of happeningsIn(line, path, database, flushing))
      if (happening === 'request' || happenings?.has('request')) happenings?.add(happening);
    if (happenings?.has('answer')) left.shift();
  }
  return Object.fromEntries(Object.entries(outcome).map(([path, happenings]) => [path, [...happenings]]));
};

/** `flushing`: threads whose flush was interrupted in the trace by what others did. */
const happeningsIn = (line: string, path: string, database: string, flushing: Set<string>): Happening[] => {
  const thread = /^\d+/.exec(line)?.[0] ?? '';
  if (line.includes(`"POST ${path} HTTP`)) return ['request'];
  if (/ (?:write|writev|sendto|sendmsg)\(.*"HTTP\/1\.1 200/.test(line)) return ['answer'];
  if (/ f(?:data)?sync\(/.test(line) && line.includes(`<${database}-wal>`)) {
    if (line.endsWith('= 0')) return ['flush begins', 'flushed'];
    flushing.add(thread);
    return ['flush begins'];
  }
  if (/f(?:data)?sync resumed>.*= 0$/.test(line) && flushing.delete(thread)) return ['flushed'];
  return [];
};
