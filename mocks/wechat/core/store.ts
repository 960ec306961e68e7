import { type Database, open, type RootDatabase } from 'lmdb';

/**
 * A named set of records held in memory and, when the store has a directory, written through to LMDB so that
 * the account looks the same after a restart. A record that was changed in place must be set again.
 */
export class Collection<V> {
  #records = new Map<string, V>();
  #file: Database<V, string> | undefined;

  constructor(file: Database<V, string> | undefined) {
    this.#file = file;
    if (file) for (const { key, value } of file.getRange()) this.#records.set(key, value);
  }

  get(key: string): V | undefined {
    return this.#records.get(key);
  }

  has(key: string): boolean {
    return this.#records.has(key);
  }

  set(key: string, value: V): void {
    this.#records.set(key, value);
    void this.#file?.put(key, value);
  }

  delete(key: string): boolean {
    void this.#file?.remove(key);
    return this.#records.delete(key);
  }

  values(): V[] {
    return [...this.#records.values()];
  }

  entries(): [string, V][] {
    return [...this.#records.entries()];
  }

  /** From now on nothing is written through: a late event must not reach files that are closed. */
  detach(): void {
    this.#file = undefined;
  }

  get size(): number {
    return this.#records.size;
  }

  clear(): void {
    this.#records.clear();
    void this.#file?.clearAsync();
  }
}

/** All collections of one stand-in; without a directory everything is forgotten at the end. */
export class Store {
  #root: RootDatabase | undefined;
  #open = new Map<string, Collection<unknown>>();

  constructor(dir: string | undefined) {
    if (dir) this.#root = open({ path: dir, compression: false, maxDbs: 40 });
  }

  collection<V>(name: string): Collection<V> {
    const known = this.#open.get(name);
    if (known) return known as Collection<V>;
    const made = new Collection<V>(this.#root?.openDB<V, string>({ name }));
    this.#open.set(name, made as Collection<unknown>);
    return made;
  }

  clear(): void {
    for (const collection of this.#open.values()) collection.clear();
  }

  async close(): Promise<void> {
    for (const collection of this.#open.values()) collection.detach();
    await this.#root?.flushed;
    await this.#root?.close();
    this.#root = undefined;
  }
}
