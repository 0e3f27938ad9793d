/**
 * The scenarios that a service can be made from, each with the values that it sets: one JSON file each in `templates/scenarios/`. What is
 * still to be said of such a service are the mandatory options without a value. `../templates.ts` reads templates.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueOf } from '../option.js';
import type { Templates } from '../services.js';
import type { Template } from '../templates.js';

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The name of its template. */
  readonly template: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const FOLDER = 'scenarios';

/** Those beside the templates of a folder, by name. Throws an Error that names file and option. */
export const readScenarios = (folder: string, templates: Templates): ReadonlyMap<string, Scenario> =>
  new Map(
    readdirSync(join(folder, FOLDER)).map((file) => {
      const scenario = JSON.parse(readFileSync(join(folder, FOLDER, file), 'utf8')) as Scenario;
      const mistake = mistakeIn(scenario, templates.get(scenario.template));
      if (mistake !== undefined) throw new Error(`${FOLDER}/${file}: ${mistake}`);
      return [scenario.name, scenario] as const;
    }),
  );

const mistakeIn = ({ template: name, options }: Scenario, template: Template | undefined): string | undefined => {
  if (!template) return `template: there is none of the name ${name}`;
  const unfit = Object.entries(options).find(([option, value]) => {
    const known = template.options.get(option);
    return !known || valueOf(known, value) !== value;
  });
  return unfit && `${unfit[0]}: is no option of the template ${name} that may be ${JSON.stringify(unfit[1])}`;
};

/** Mandatory options that have no value yet. */
export const openOf = (template: Template, values: Readonly<Record<string, unknown>>): readonly string[] =>
  [...template.options.values()]
    .filter(({ name, mandatory, default: value }) => mandatory && value === null && !Object.hasOwn(values, name))
    .filter(({ requestParameter = false, unused }) => !requestParameter && unused === undefined)
    .map(({ name }) => name);
