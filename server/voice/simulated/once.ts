/** Keeps the answers of requests by their key, so that a repeated request is not carried out again. Port, invariant 2 */

/** Repeats come after a crash or a lost answer, so soon: the `most` latest keys are kept. */
export function once<T>(most = 100_000): (key: string, work: () => Promise<T>) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key, work) => {
    const known = answers.get(key);
    if (known) return known;
    const oldest = answers.size >= most ? answers.keys().next() : undefined;
    if (oldest && !oldest.done) answers.delete(oldest.value);
    const answer = work();
    answers.set(key, answer);
    return answer;
  };
}
