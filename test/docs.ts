/** Writes docs/modules.md as the tables of the modules have it: `npm run docs`; `docs.test.ts` holds it to them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesText } from '../server/openapi/modules.js';
import { tables } from '../server/ors/modules/tables.js';
import { packageRoot } from '../server/root.js';

writeFileSync(join(packageRoot, 'docs/modules.md'), modulesText(tables));
