import { sqliteStore } from '../../../../server/store/sqlite/store.js';
import { storeContract } from '../../../contracts/store.js';
import { folders } from './folder.js';

describe('sqliteStore', () => {
  storeContract(() => sqliteStore(folder()));
  const folder = folders();
});
