/** Writes what is made of tables and documents: `npm run docs`. docs/modules.md, strategies/README.md; `docs.test.ts` holds them to it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesText } from '../server/openapi/modules.js';
import { tables } from '../server/ors/modules/tables.js';
import { packageRoot } from '../server/root.js';
import { pages } from './pages/pages.js';

writeFileSync(join(packageRoot, 'docs/modules.md'), modulesText(tables));
writeFileSync(join(packageRoot, 'strategies/README.md'), await pages());
