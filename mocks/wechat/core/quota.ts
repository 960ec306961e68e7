import { Refusal } from './errors.ts';
import { localDay } from './local-time.ts';
import type { Store } from './store.ts';

export type QuotaRule = { daily?: number; perMinute?: number };

/** Daily and minute limits by path. The figures are the published ones, or the old daily table's. */
const published: Record<string, QuotaRule> = {
  '/cgi-bin/token': { daily: 2000 },
  '/cgi-bin/stable_token': { daily: 500_000, perMinute: 10_000 },
  '/cgi-bin/message/template/send': { daily: 100_000 },
  '/cgi-bin/message/subscribe/send': { daily: 10_000_000 },
  '/cgi-bin/message/subscribe/bizsend': { daily: 100_000 },
  '/cgi-bin/message/custom/send': { daily: 500_000 },
  '/cgi-bin/message/mass/sendall': { daily: 100, perMinute: 60 },
  '/cgi-bin/message/mass/send': { daily: 100, perMinute: 60 },
  '/cgi-bin/message/mass/preview': { daily: 100 },
  '/cgi-bin/menu/create': { daily: 1000 },
  '/cgi-bin/menu/get': { daily: 10_000 },
  '/cgi-bin/menu/delete': { daily: 1000 },
  '/cgi-bin/menu/addconditional': { daily: 2000 },
  '/cgi-bin/menu/delconditional': { daily: 2000 },
  '/cgi-bin/menu/trymatch': { daily: 20_000 },
  '/cgi-bin/media/upload': { daily: 5000 },
  '/cgi-bin/qrcode/create': { daily: 100_000 },
  '/cgi-bin/user/get': { daily: 500 },
  '/cgi-bin/user/info': { daily: 5_000_000 },
  '/cgi-bin/user/info/batchget': { daily: 5_000_000 },
  '/cgi-bin/user/info/updateremark': { daily: 10_000 },
  '/wxa/msg_sec_check': { daily: 2_000_000, perMinute: 4000 },
  '/wxa/getwxacodeunlimit': { perMinute: 5000 },
};
const otherwise = 100_000;

type Usage = { day: string; used: number };

/** Counts calls by appid and path: 45009 beyond the day's limit, 45011 beyond the minute's. */
export class QuotaBook {
  #usage = new Map<string, Usage>();
  #minutes = new Map<string, { minute: number; count: number }>();
  #overrides = new Map<string, QuotaRule>();
  #saved;
  #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#now = now;
    this.#saved = store.collection<Usage>('quota');
    for (const [key, usage] of this.#saved.entries()) this.#usage.set(key, usage);
  }

  rule(path: string): Required<Pick<QuotaRule, 'daily'>> & QuotaRule {
    return { daily: otherwise, ...published[path], ...this.#overrides.get(path) };
  }

  /** Takes one call; throws the refusal without counting it. */
  take(appid: string, path: string): void {
    const rule = this.rule(path);
    const usage = this.#today(appid, path);
    if (usage.used >= rule.daily) throw new Refusal(45009);
    if (rule.perMinute !== undefined) {
      const key = `${appid} ${path}`;
      const minute = Math.floor(this.#now().getTime() / 60_000);
      const current = this.#minutes.get(key);
      const count = current?.minute === minute ? current.count : 0;
      if (count >= rule.perMinute) throw new Refusal(45011);
      this.#minutes.set(key, { minute, count: count + 1 });
    }
    usage.used += 1;
    if (usage.used % 20 === 1) this.#saved.set(`${appid} ${path}`, usage);
  }

  used(appid: string, path: string): number {
    return this.#today(appid, path).used;
  }

  /** Test switch: pretend that so many calls were made today. */
  setUsed(appid: string, path: string, used: number): void {
    this.#today(appid, path).used = used;
  }

  override(path: string, rule: QuotaRule): void {
    this.#overrides.set(path, rule);
  }

  overrides(): Record<string, QuotaRule> {
    return Object.fromEntries(this.#overrides);
  }

  clearOverrides(): void {
    this.#overrides.clear();
  }

  /** clear_quota: every daily count of the appid begins anew. */
  clear(appid: string): void {
    for (const [key, usage] of this.#usage) {
      if (key.startsWith(`${appid} `)) this.#reset(key, usage);
    }
  }

  clearOne(appid: string, path: string): void {
    const key = `${appid} ${path}`;
    const usage = this.#usage.get(key);
    if (usage) this.#reset(key, usage);
  }

  forgetAll(): void {
    this.#usage.clear();
    this.#minutes.clear();
    this.#saved.clear();
  }

  /** Writes the exact counts; between times only every twentieth call is saved. */
  save(): void {
    for (const [key, usage] of this.#usage) this.#saved.set(key, usage);
  }

  #reset(key: string, usage: Usage): void {
    usage.used = 0;
    this.#saved.set(key, usage);
  }

  #today(appid: string, path: string): Usage {
    const key = `${appid} ${path}`;
    const day = localDay(this.#now());
    let usage = this.#usage.get(key);
    if (!usage || usage.day !== day) {
      usage = { day, used: 0 };
      this.#usage.set(key, usage);
    }
    return usage;
  }
}
