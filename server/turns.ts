/**
 * Work on one thing at a time: a start, a due entry and a cancel of the same id take turns in the order they come, so that none
 * of them sees the half of another. Different ids do not wait for each other. `gms/` and `admin/` use it.
 */
export type InTurn = <T>(id: string, work: () => Promise<T>) => Promise<T>;

export function turns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (id, work) => {
    const before = last.get(id);
    const turn = before ? before.then(work, work) : work();
    last.set(id, turn);
    try {
      return await turn;
    } finally {
      if (last.get(id) === turn) last.delete(id);
    }
  };
}
