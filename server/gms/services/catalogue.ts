/** What services can be made of: the templates and scenarios that ship, read once, when somebody first asks. */
import { join } from 'node:path';
import { packageRoot } from '../../root.js';
import type { Templates } from '../services.js';
import { readTemplates } from '../templates.js';
import { readScenarios, type Scenario } from './scenarios.js';

export interface Catalogue {
  readonly templates: Templates;
  readonly scenarios: ReadonlyMap<string, Scenario>;
}

let shipped: Catalogue | undefined;

export const catalogue = (): Catalogue => (shipped ??= read(join(packageRoot, 'templates')));

const read = (folder: string): Catalogue => {
  const templates = readTemplates(folder);
  return { templates, scenarios: readScenarios(folder, templates) };
};
