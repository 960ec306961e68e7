import { Refusal } from './errors.ts';
import { randomText } from './ids.ts';
import { localDay } from './local-time.ts';
import type { Store } from './store.ts';

/** Which of the two applications a credential belongs to. */
export type Account = 'oa' | 'mp';
export type Application = { account: Account; appid: string; secret: string };

type Token = { account: Account; value: string; kind: 'plain' | 'stable'; expiresAt: number };
type ForceUse = { day: string; count: number; lastAt: number };

const validity = 7_200_000;
/** An old token stays good so long after its successor was handed out. */
const overlap = 300_000;

/**
 * Access tokens of both interfaces. `/cgi-bin/token` hands out a new one each time and lets the former live five
 * minutes; `/cgi-bin/stable_token` gives the same until five minutes before its end, or in force mode a new one
 * that kills the old at once (20 a day, 30 s apart). The two interfaces do not touch each other's tokens.
 */
export class Tokens {
  #tokens;
  #forced;
  #applications: Application[];
  #now: () => Date;
  #life: () => number;

  constructor(store: Store, applications: Application[], now: () => Date, lifeSeconds: () => number) {
    this.#tokens = store.collection<Token>('tokens');
    this.#forced = store.collection<ForceUse>('forced-tokens');
    this.#applications = applications;
    this.#now = now;
    this.#life = () => (lifeSeconds() > 0 ? lifeSeconds() * 1000 : validity);
  }

  /** 41002, 41004, 40013 or 40125 when the pair is not one of the two applications. */
  application(appid: string, secret: string): Application {
    if (!appid) throw new Refusal(41002);
    if (!secret) throw new Refusal(41004);
    const application = this.#applications.find((one) => one.appid === appid);
    if (!application) throw new Refusal(40013);
    if (application.secret !== secret) throw new Refusal(40125);
    return application;
  }

  byAppid(appid: string): Application | undefined {
    return this.#applications.find((one) => one.appid === appid);
  }

  appid(account: Account): string {
    return this.#applications.find((one) => one.account === account)!.appid;
  }

  issuePlain(application: Application): { value: string; expiresIn: number } {
    const now = this.#now().getTime();
    for (const token of this.#of(application.account, 'plain')) {
      token.expiresAt = Math.min(token.expiresAt, now + overlap);
      this.#tokens.set(token.value, token);
    }
    return this.#make(application.account, 'plain');
  }

  issueStable(application: Application, force: boolean): { value: string; expiresIn: number } {
    const now = this.#now().getTime();
    const live = this.#of(application.account, 'stable').filter((token) => token.expiresAt > now);
    if (force) {
      this.#takeForce(application, now);
      for (const token of live) this.#tokens.delete(token.value);
      return this.#make(application.account, 'stable');
    }
    const newest = live.sort((a, b) => b.expiresAt - a.expiresAt)[0];
    if (newest && newest.expiresAt - now > Math.min(overlap, this.#life() / 2)) {
      return { value: newest.value, expiresIn: Math.floor((newest.expiresAt - now) / 1000) };
    }
    return this.#make(application.account, 'stable');
  }

  /** The account a token speaks for; 41001, 40014, 40001 or 42001 otherwise. */
  check(value: string | null): Account {
    if (!value) throw new Refusal(41001);
    if (!/^[\w-]{20,512}$/.test(value)) throw new Refusal(40014);
    const token = this.#tokens.get(value);
    if (!token) throw new Refusal(40001);
    if (token.expiresAt <= this.#now().getTime()) throw new Refusal(42001);
    return token.account;
  }

  /** Test switch: all tokens handed out so far are worthless. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  #takeForce(application: Application, now: number): void {
    const day = localDay(this.#now());
    const use = this.#forced.get(application.appid);
    const today = use?.day === day ? use : { day, count: 0, lastAt: use?.lastAt ?? 0 };
    if (today.count >= 20) throw new Refusal(45009);
    if (now - today.lastAt < 30_000) throw new Refusal(45011);
    this.#forced.set(application.appid, { day, count: today.count + 1, lastAt: now });
  }

  #make(account: Account, kind: Token['kind']): { value: string; expiresIn: number } {
    const now = this.#now().getTime();
    for (const token of this.#tokens.values()) {
      // A day of dead tokens is kept, so that an expired one is still told from an unknown one.
      if (token.expiresAt < now - 86_400_000) this.#tokens.delete(token.value);
    }
    const prefix = kind === 'stable' ? '88_' : '87_';
    const value = prefix + randomText(133);
    this.#tokens.set(value, { account, value, kind, expiresAt: now + this.#life() });
    return { value, expiresIn: Math.floor(this.#life() / 1000) };
  }

  #of(account: Account, kind: Token['kind']): Token[] {
    return this.#tokens.values().filter((token) => token.account === account && token.kind === kind);
  }
}
