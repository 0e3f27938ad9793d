/**
 * Which application a call at a route point starts: the configuration that Genesys keeps in DN and script objects, as a JSON file.
 *
 *   { "routePoints": { "8001@SIP_Switch": { "Orchestration": { "application": "script:Inbound" } } },
 *     "scripts": { "Inbound": { "Application": { "url": "http://...", "alternate-url": "file:/..." },
 *                               "ApplicationParms": { "app_find_agent_timeout": "30" } } } }
 *
 * `application` is `script:<name>`, `http:`, `https:` or `file:`; several, with a space between, are tried in their order. A route
 * point without `@` is that DN on every switch. The parameters of a script go to the `<data>` of the same id. `placeholders.ts`
 * fills in what is known of the call.
 */
import { readFileSync } from 'node:fs';
import { toData } from '../../../engine/datamodel/data.js';
import type { Data } from '../../../engine/event.js';
import { messageOf } from '../../problems.js';

/** One document to try, with its parameters. */
export interface Application {
  readonly url: string;
  readonly params: Readonly<Record<string, Data | undefined>>;
}

/** By route point, `dn` or `dn@switch`: what is tried, in this order. */
export type Applications = ReadonlyMap<string, readonly Application[]>;

export const applicationAt = (
  applications: Applications,
  dn: string,
  on: string | undefined,
): readonly Application[] | undefined =>
  applications.get(`${dn}@${on ?? ''}`) ?? applications.get(dn) ?? anyOf(applications, dn, on);

/** Who does not say the switch means any. */
const anyOf = (applications: Applications, dn: string, on: string | undefined): readonly Application[] | undefined =>
  on === undefined ? [...applications].find(([point]) => point.startsWith(`${dn}@`))?.[1] : undefined;

/** Throws one Error that lists every mistake of the file. */
export const readApplications = (file: string): Applications => {
  let configured: unknown;
  try {
    configured = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: the inbound applications cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return applicationsOf(configured, file);
};

/** `source` is named in errors. */
export const applicationsOf = (configured: unknown, source: string): Applications => {
  const mistakes: string[] = [];
  const at = (place: string): Reader => new Reader(place, mistakes);
  const top = at('the file').object(configured, ['routePoints', 'scripts']);
  const scripts = new Map<string, readonly Application[]>();
  for (const [name, given] of Object.entries(at('scripts').object(top['scripts'] ?? {})))
    scripts.set(name, scriptOf(given, at(`scripts: ${name}`)));
  const points = new Map<string, readonly Application[]>();
  for (const [point, given] of Object.entries(at('routePoints').object(top['routePoints'] ?? {})))
    points.set(point, routePointOf(given, scripts, at(`routePoints: ${point}`)));
  if (mistakes.length === 0) return points;
  throw new Error(`The inbound applications of ${source} cannot be used:\n${mistakes.join('\n')}`);
};

/** Reads parts of the file, and writes down what is wrong with them. */
class Reader {
  constructor(
    private readonly place: string,
    private readonly mistakes: string[],
  ) {}

  wrong(what: string): void {
    this.mistakes.push(`${this.place}: ${what}`);
  }

  object(value: unknown, known?: readonly string[]): Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.wrong('must be a JSON object');
      return {};
    }
    const unknown = Object.keys(value).filter((key) => known && !known.includes(key));
    if (unknown.length > 0) this.wrong(`${unknown.join(', ')}: only ${known?.join(' and ') ?? ''} are known here`);
    return value as Record<string, unknown>;
  }

  text(value: unknown, what: string): string {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.wrong(`${what} must be a text`);
    return '';
  }
}

const scriptOf = (given: unknown, reader: Reader): readonly Application[] => {
  const script = reader.object(given, ['Application', 'ApplicationParms']);
  const { url, 'alternate-url': other } = reader.object(script['Application'] ?? {}, ['url', 'alternate-url']);
  const parms = Object.entries(reader.object(script['ApplicationParms'] ?? {}));
  const params = Object.fromEntries(parms.map(([name, value]) => [name, toData(value)]));
  const urls = [reader.text(url, 'Application.url')];
  if (other !== undefined) urls.push(reader.text(other, 'Application.alternate-url'));
  return urls.map((one) => ({ url: one, params }));
};

const routePointOf = (
  given: unknown,
  scripts: ReadonlyMap<string, readonly Application[]>,
  reader: Reader,
): readonly Application[] => {
  const { Orchestration: section } = reader.object(given, ['Orchestration']);
  const { application } = reader.object(section, ['application']);
  const list = reader.text(application, 'Orchestration.application');
  return list.split(/\s+/).flatMap((one) => {
    if (/^(?:https?|file):/.test(one)) return { url: one, params: {} };
    const script = one.startsWith('script:') ? scripts.get(one.slice('script:'.length)) : undefined;
    if (!script && one !== '')
      reader.wrong(`"${one}" must be script:<one of ${[...scripts.keys()].join(', ')}>, http:, https: or file:`);
    return script ?? [];
  });
};
