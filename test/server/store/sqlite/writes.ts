/** A process of its own that commits to the store in the folder of its argument, and prints the number of each commit that is safe. */
import { sqliteStore } from '../../../../server/store/sqlite/store.js';
import { inbox, outbox, session } from '../../../contracts/store/records.js';

const [folder = ''] = process.argv.slice(2);

/** The `n`-th commit: the n-th version of a session, with an entry and a request of that number. */
const run = async (): Promise<void> => {
  const store = await sqliteStore(folder);
  for (let n = 1; ; n++) {
    void store.commit([session(n), outbox(n), inbox({ id: String(n) })]).then(() => process.stdout.write(`${n}\n`));
    if (n % 8 === 0) await store.lastSeq();
  }
};

void run();
