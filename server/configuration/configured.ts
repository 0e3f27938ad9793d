/**
 * The services of a running server: those of its file, changed by operators (`routes-services.ts`, `routes.ts`). All that work with services
 * have the same map, which changes here; `../admin/lists.ts` has the lists.
 *
 * 1. Write, then act: a change is in the store before anybody is answered, or works with it. A whole configuration is one commit.
 * 2. What an operator has said of a service counts, whatever the file says of it later.
 * 3. A change that has a mistake is refused whole. Mistakes that were there before do not count.
 * 4. Sessions keep the options that they were started with.
 * 5. Changes take turns.
 */
import { ownPrefix, type Lists } from '../admin/lists.js';
import type { Service, Services } from '../gms/services.js';
import type { Catalogue } from '../gms/services/catalogue.js';
import type { Log } from '../log.js';
import { problem } from '../problems.js';
import type { ListItem, Store } from '../store/port.js';
import { turns } from '../turns.js';
import type { Configuration, Definition, Mistake } from './configuration.js';
import { differences, type Change } from './difference.js';
import { mistakesIn } from './mistakes.js';
import { refusal } from './refusal.js';

interface ConfiguredNeeds {
  /** Of the file. */
  readonly services: Services;
  readonly lists: Lists;
  readonly store: Pick<Store, 'countCallbacks' | 'listItems'>;
  readonly catalogue: () => Catalogue;
  readonly log: Pick<Log, 'info' | 'error'>;
}

const LIST = `${ownPrefix}services`;
const KEY = 'definition';
/** For turns. */
const ALL = 'all';

export class Configured {
  readonly #services: Map<string, Service>;
  readonly #inTurn = turns();

  constructor(private readonly needs: ConfiguredNeeds) {
    this.#services = new Map(needs.services);
  }

  /** Reads what operators have changed before. */
  async open(): Promise<void> {
    for (const { list, section, value } of await this.needs.store.listItems())
      if (list === LIST) this.#take(section, value === null ? undefined : (JSON.parse(value) as Definition));
  }

  /** Always the same object. */
  get services(): Services {
    return this.#services;
  }

  get configuration(): Configuration {
    const services = [...this.#services].map(([name, { template, values }]) => {
      return [name, { template: template.name, options: Object.fromEntries(values) }] as const;
    });
    return { services: Object.fromEntries(services), lists: this.needs.lists.all };
  }

  /** `make` gets what is there. Rejects with problems: its own, and CONFIGURATION_INVALID. */
  set(name: string, make: (services: Configuration['services']) => Definition): Promise<Definition> {
    return this.#inTurn(ALL, async () => {
      const { services } = this.configuration;
      const definition = make(services);
      await this.#change({ services: { ...services, [name]: definition }, lists: {} }, true);
      return definition;
    });
  }

  /** Unless `force`, rejects with SERVICE_IN_USE while it has callbacks that are not over; SERVICE_NOT_FOUND when there is none. */
  remove(name: string, force: boolean): Promise<void> {
    return this.#inTurn(ALL, async () => {
      const { [name]: removed, ...services } = this.configuration.services;
      if (!removed) throw problem('SERVICE_NOT_FOUND', name);
      await this.#change({ services, lists: {} }, force);
    });
  }

  /** Makes it so; answers what that has changed. `given` is of any shape. */
  apply(given: unknown, { force = false, isTrial = false } = {}): Promise<readonly Change[]> {
    return this.#inTurn(ALL, () => this.#change(given, force, isTrial));
  }

  async #change(given: unknown, force: boolean, isTrial = false): Promise<readonly Change[]> {
    const { templates } = this.needs.catalogue();
    const known = new Set(mistakesIn(this.configuration, templates).map(keyOf));
    const mistakes = mistakesIn(given, templates).filter((each) => !each.isWarning && !known.has(keyOf(each)));
    if (mistakes.length > 0) throw refusal(mistakes);
    const { services = this.configuration.services, lists = {} } = given as Partial<Configuration>;
    const changes = differences(this.configuration, { services, lists });
    if (!force) await this.#refuseLoss(services);
    if (isTrial) return changes;
    const touched = new Set(changes.flatMap(({ path: [kind, name = ''] }) => (kind === 'services' ? [name] : [])));
    const items = [...touched].map((name): ListItem => {
      const definition = Object.hasOwn(services, name) ? services[name] : undefined;
      return { list: LIST, section: name, key: KEY, value: definition ? JSON.stringify(definition) : null };
    });
    await this.needs.lists.apply([...items, ...itemsOf(changes)], () => {
      for (const name of touched) this.#take(name, Object.hasOwn(services, name) ? services[name] : undefined);
    });
    if (changes.length > 0)
      this.needs.log.info({ services: [...touched] }, `${changes.length} changes of configuration`);
    return changes;
  }

  async #refuseLoss(services: Configuration['services']): Promise<void> {
    for (const name of this.#services.keys()) {
      if (Object.hasOwn(services, name)) continue;
      const count = await this.needs.store.countCallbacks({ service: name, live: true });
      if (count > 0) throw problem('SERVICE_IN_USE', name, count);
    }
  }

  #take(name: string, definition: Definition | undefined): void {
    this.#services.delete(name);
    if (!definition) return;
    const template = this.needs.catalogue().templates.get(definition.template);
    if (template) this.#services.set(name, { name, template, values: new Map(Object.entries(definition.options)) });
    else this.needs.log.error({ service: name }, `the service ${name} is left out: no template ${definition.template}`);
  }
}

const keyOf = ({ path, message }: Mistake): string => `${path.join('/')}: ${message}`;

const itemsOf = (changes: readonly Change[]): readonly ListItem[] =>
  changes.flatMap(({ path: [kind, list = '', section = '', key = ''], after }) =>
    kind === 'lists' ? [{ list, section, key, value: typeof after === 'string' ? after : null }] : [],
  );
