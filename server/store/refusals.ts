/** Why a commit is refused, in the same words by every store. */

export const skipsVersion = (sessionid: string, version: number, known: number): Error =>
  new Error(`Session ${sessionid} is to be written as version ${version}, but the store has it at version ${known}`);

export const repeatsRequest = (scope: string, id: string): Error =>
  new Error(`The inbox of "${scope}" has a request with the id "${id}" already`);

export const repeatsSeq = (seq: number, key: string): Error =>
  new Error(`Outbox entry ${key} is to be written with seq ${seq}, but the store has an entry of that seq`);

export const lacksCallback = (id: string): Error =>
  new Error(`Callback ${id} is to be updated, but the store has no such record`);
