/**
 * Transaction lists: what the file of tenants has (`../ors/tenants.ts`), changed by operators while the server runs (`routes-lists.ts`).
 * Strategies look them up (`getListItemValue`), and they pause callbacks (`../gms/pausing.ts`).
 *
 * 1. Write, then act: a change is in the store before anybody is answered, or told.
 * 2. What an operator has said of a key counts, whatever the file says of it later.
 */
import { listNamed, type Tenant, type Tenants } from '../ors/tenants.js';
import { problem } from '../problems.js';
import type { ListItem, Store } from '../store/port.js';

/** What the server keeps beside the lists, and is none of them (`../configuration/configured.ts`), has a name that begins so. */
export const ownPrefix = 'ringback:';

/** Characters of a name, or a value. */
export const LONGEST = 255;

/** Of a list, a section or a key. */
export const isListName = (name: string): boolean =>
  name.length <= LONGEST && name !== '__proto__' && !name.startsWith(ownPrefix);

/** Section, key. */
type Sections = Tenant['lists'][string];

export class Lists {
  readonly #filed: (name: string) => Sections | undefined;
  /** Those that an operator has changed, whole. */
  #changed: Readonly<Record<string, Sections>> = {};
  #listener: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly tenants: Tenants,
    private readonly store: Pick<Store, 'commit' | 'listItems'>,
  ) {
    this.#filed = listNamed(tenants);
  }

  /** Reads what operators have changed before. */
  async open(): Promise<void> {
    for (const item of await this.store.listItems()) this.#take(item);
  }

  /** Told of each change, and waited for. */
  onChange(listener: () => Promise<void>): void {
    this.#listener = listener;
  }

  /** Another object after each change. */
  get changed(): Readonly<Record<string, Sections>> {
    return this.#changed;
  }

  /** By their names. */
  get all(): Readonly<Record<string, Sections>> {
    const filed = this.tenants.flatMap(({ lists }) => Object.keys(lists));
    return Object.fromEntries([...filed, ...Object.keys(this.#changed)].map((name) => [name, this.named(name) ?? {}]));
  }

  named(name: string): Sections | undefined {
    return Object.hasOwn(this.#changed, name) ? this.#changed[name] : this.#filed(name);
  }

  async set(list: string, section: string, key: string, value: string): Promise<void> {
    await this.apply([{ list, section, key, value }]);
  }

  /** Rejects with LIST_ITEM_NOT_FOUND when there is none. */
  async remove(list: string, section: string, key: string): Promise<void> {
    const keys = this.named(list)?.[section];
    if (!keys || !Object.hasOwn(keys, key)) throw problem('LIST_ITEM_NOT_FOUND', `${list}/${section}/${key}`);
    await this.apply([{ list, section, key, value: null }]);
  }

  /** All of it in one commit; `saved` is called before anybody is told. */
  async apply(items: readonly ListItem[], saved: () => void = () => undefined): Promise<void> {
    if (items.length > 0) await this.store.commit(items.map((item) => ({ kind: 'list', item })));
    for (const item of items) this.#take(item);
    saved();
    await this.#listener();
  }

  #take({ list, section, key, value }: ListItem): void {
    if (list.startsWith(ownPrefix)) return;
    const sections = this.named(list) ?? {};
    const { [key]: _, ...others } = (Object.hasOwn(sections, section) ? sections[section] : undefined) ?? {};
    const keys = value === null ? others : { ...others, [key]: value };
    this.#changed = { ...this.#changed, [list]: { ...sections, [section]: keys } };
  }
}
