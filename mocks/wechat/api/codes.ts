import { Refusal } from '../core/errors.ts';
import { randomText } from '../core/ids.ts';

type Code<V> = { value: V; expiresAt: number; used: boolean };

/** Single-use codes with a life of five minutes: OAuth, wx.login and phone number. 40029, 40163 or 42003. */
export class Codes<V> {
  #codes = new Map<string, Code<V>>();

  make(value: V, now: Date): string {
    for (const [key, code] of this.#codes) {
      if (code.expiresAt < now.getTime() - 3_600_000) this.#codes.delete(key);
    }
    const key = `0${randomText(31)}`;
    this.#codes.set(key, { value, expiresAt: now.getTime() + 300_000, used: false });
    return key;
  }

  use(key: string, now: Date, expired = 40029): V {
    if (key === '') throw new Refusal(41008);
    const code = this.#codes.get(key);
    if (!code) throw new Refusal(40029);
    if (code.used) throw new Refusal(40163);
    if (code.expiresAt <= now.getTime()) throw new Refusal(expired);
    code.used = true;
    return code.value;
  }
}
