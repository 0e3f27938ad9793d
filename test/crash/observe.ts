/** What the sessions say of themselves when all is quiet. */
import type { Client } from './client.js';
import type { Ledger } from './ledger.js';
import { until } from './wait.js';

/** The variables of documents/worker.scxml. */
export interface Worker {
  readonly heard: readonly number[];
  readonly asked: readonly number[];
  readonly rang: readonly (readonly [n: number, due: number, at: number])[];
  readonly never: readonly number[];
  readonly mail: readonly string[];
  readonly fetched: readonly number[];
  readonly cries: readonly number[];
  readonly grown: readonly number[];
  readonly errors: readonly unknown[];
}

const nothing: Worker = {
  ...{ heard: [], asked: [], rang: [], never: [], mail: [] },
  ...{ fetched: [], cries: [], grown: [], errors: [] },
};

export interface View {
  readonly status: string;
  readonly data: Worker;
}

export const viewOf = async (client: Client, id: string): Promise<View | undefined> => {
  const answer = await until('a session is shown', () => client.once(`/scxml/session/${id}/query`, undefined));
  return answer.status === 200 ? (answer.body as unknown as View) : undefined;
};

/** By the name of the session; one that is not there has nothing. */
export const workersOf = async (client: Client, { sessions }: Ledger): Promise<ReadonlyMap<string, Worker>> => {
  const workers = new Map<string, Worker>();
  for (const [who, id] of sessions) workers.set(who, (await viewOf(client, id))?.data ?? nothing);
  return workers;
};
