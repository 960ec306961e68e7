import { randomBytes } from 'node:crypto';

/** Codes that work once and for a while. */
export class Codes<T> {
  readonly #codes = new Map<string, { value: T; until: number; used: boolean }>();
  constructor(private readonly lifeMs: number) {}

  make(value: T, now: Date): string {
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, { value, until: now.getTime() + this.lifeMs, used: false });
    return code;
  }

  /** The value, or why not. */
  use(code: string, now: Date): { value: T } | { refused: 'unknown' | 'used' | 'expired' } {
    const found = this.#codes.get(code);
    if (!found) return { refused: 'unknown' };
    if (found.used) return { refused: 'used' };
    if (now.getTime() >= found.until) return { refused: 'expired' };
    found.used = true;
    return { value: found.value };
  }
}
