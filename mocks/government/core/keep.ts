import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A system's data in one JSON file, written whole and put in place by a rename; in memory only without a directory. */
export class Keep<T> {
  readonly #file: string | null;
  #value: T;

  constructor(dir: string | undefined, name: string, fresh: () => T) {
    this.#file = dir ? path.join(dir, `${name}.json`) : null;
    this.#value = this.#read() ?? fresh();
  }

  get value(): T {
    return this.#value;
  }

  save(): void {
    if (!this.#file) return;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#value));
    renameSync(`${this.#file}.new`, this.#file);
  }

  replace(value: T): void {
    this.#value = value;
    this.save();
  }

  #read(): T | undefined {
    if (!this.#file) return undefined;
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as T;
    } catch {
      return undefined;
    }
  }
}
