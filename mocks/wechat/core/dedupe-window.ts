/**
 * Remembers a value by key for at least the window and at most twice as long, in two generations, so that a
 * million keys are dropped at once instead of each having a timer. `get` still checks the exact age.
 */
export class DedupeWindow<V> {
  #young = new Map<string, { at: number; value: V }>();
  #old = new Map<string, { at: number; value: V }>();
  #turnedAt = 0;
  readonly #windowMs: number;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  get(key: string, now: number): V | undefined {
    const entry = this.#young.get(key) ?? this.#old.get(key);
    return entry && now - entry.at < this.#windowMs ? entry.value : undefined;
  }

  set(key: string, value: V, now: number): void {
    if (now - this.#turnedAt >= this.#windowMs) {
      this.#old = now - this.#turnedAt >= 2 * this.#windowMs ? new Map() : this.#young;
      this.#young = new Map();
      this.#turnedAt = now;
    }
    this.#young.set(key, { at: now, value });
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
