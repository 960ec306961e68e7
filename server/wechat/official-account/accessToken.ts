import { setTimeout as pause } from 'node:timers/promises';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { WechatError } from './errors.ts';

/** One access token an application (appid), shared by all processes of the hall. */
interface StoredToken {
  readonly _id: string;
  readonly token: string | null;
  readonly expiresAt: Date;
  /** Until then one process, `leaseBy`, is fetching. */
  readonly leaseUntil: Date;
  readonly leaseBy: string | null;
  /** The last fetch failed: nobody asks again before `retryAt`. */
  readonly failures: number;
  readonly retryAt: Date;
  readonly failure: { readonly code: number | null; readonly message: string } | null;
}

const tokenSchema = new Schema<StoredToken>(
  {
    _id: { type: String, required: true },
    token: { type: String, default: null },
    expiresAt: { type: Date, required: true },
    leaseUntil: { type: Date, required: true },
    leaseBy: { type: String, default: null },
    failures: { type: Number, default: 0 },
    retryAt: { type: Date, required: true },
    failure: { type: Object, default: null },
  } as never,
  { collection: 'wechatTokens', versionKey: false },
);
export const WechatTokenModel = mongoose.model('WechatToken', tokenSchema);

export interface FetchedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface AccessTokenOptions {
  readonly appid: string;
  /** Calls /cgi-bin/stable_token. `force` kills the old token; WeChat allows it 20 times a day, 30 s apart. */
  readonly fetch: (force: boolean) => Promise<FetchedToken>;
  readonly now?: () => Date;
  /** A token that ends within this time is replaced in the background while it still works. */
  readonly aheadMs?: number;
}

const epoch = new Date(0);
const leaseMs = 15_000;
const pollMs = 40;

/**
 * The access token of one application. Single flight over all processes: whoever wins the lease document fetches, the
 * others wait for the result in the database. A failed fetch is remembered for a growing while, so a wrong secret does
 * not eat the day's quota.
 */
export class AccessToken {
  private cached: { token: string; expiresAt: number } | null = null;
  private flight: Promise<string> | null = null;
  private nextRenewal = 0;
  private readonly me = newId();
  private readonly now: () => Date;
  private readonly aheadMs: number;

  constructor(private readonly options: AccessTokenOptions) {
    this.now = options.now ?? (() => new Date());
    this.aheadMs = options.aheadMs ?? 4 * 60_000;
  }

  /** A token that works for at least some seconds. */
  async get(): Promise<string> {
    const left = this.cached ? this.cached.expiresAt - this.now().getTime() : 0;
    if (this.cached && left > 10_000) {
      if (left < this.aheadMs) this.renewAhead();
      return this.cached.token;
    }
    return this.obtain(null);
  }

  /** The old token still works, so a failure hurts nobody yet; WeChat may also answer with the same token for a while. */
  private renewAhead(): void {
    if (this.now().getTime() < this.nextRenewal) return;
    this.nextRenewal = this.now().getTime() + 15_000;
    this.obtain(null).catch(() => {});
  }

  /** WeChat refused `dead` (40001, 40014, 42001): a token that is not it. Called once a request, never in a loop. */
  async replace(dead: string): Promise<string> {
    if (this.cached?.token === dead) this.cached = null;
    return this.cached ? this.cached.token : this.obtain(dead);
  }

  private obtain(dead: string | null): Promise<string> {
    this.flight ??= this.obtainShared(dead).finally(() => {
      this.flight = null;
    });
    return this.flight;
  }

  private async obtainShared(dead: string | null): Promise<string> {
    await this.ensureDocument();
    const giveUp = this.now().getTime() + 2 * leaseMs;
    while (this.now().getTime() < giveUp) {
      const stored = await WechatTokenModel.findById(this.options.appid).lean<StoredToken>();
      if (stored && this.isFresh(stored, dead)) return this.keep(stored.token!, stored.expiresAt);
      if (stored?.failure && stored.retryAt > this.now()) throw failed(stored.failure);
      if (await this.takeLease(dead)) return this.fetchAndStore(dead);
      await pause(pollMs);
    }
    throw new WechatError(
      null,
      'retry',
      '/cgi-bin/stable_token',
      'another process did not get a token in time',
    );
  }

  private isFresh(stored: StoredToken, dead: string | null): boolean {
    const left = stored.expiresAt.getTime() - this.now().getTime();
    // In the last minutes a token is only good while somebody else is already getting the next one.
    const needed = stored.leaseUntil > this.now() ? 10_000 : Math.min(this.aheadMs, 60_000);
    const renewing = this.cached?.token === stored.token && left < this.aheadMs;
    return stored.token !== null && stored.token !== dead && left > needed && !renewing;
  }

  private async ensureDocument(): Promise<void> {
    try {
      await WechatTokenModel.updateOne(
        { _id: this.options.appid },
        {
          $setOnInsert: {
            token: null,
            expiresAt: epoch,
            leaseUntil: epoch,
            leaseBy: null,
            failures: 0,
            retryAt: epoch,
            failure: null,
          },
        },
        { upsert: true },
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another process was first
    }
  }

  private async takeLease(dead: string | null): Promise<boolean> {
    const now = this.now();
    const old = dead ?? this.cached?.token ?? null;
    const replaceable =
      old === null ? { expiresAt: { $lte: new Date(now.getTime() + 60_000) } } : { token: old };
    const taken = await WechatTokenModel.updateOne(
      {
        _id: this.options.appid,
        leaseUntil: { $lte: now },
        retryAt: { $lte: now },
        $or: [replaceable, { token: null }, { expiresAt: { $lte: new Date(now.getTime() + 10_000) } }],
      },
      { $set: { leaseUntil: new Date(now.getTime() + leaseMs), leaseBy: this.me } },
    );
    return taken.modifiedCount === 1;
  }

  private async fetchAndStore(dead: string | null): Promise<string> {
    const mine = { _id: this.options.appid, leaseBy: this.me };
    try {
      let fetched = await this.options.fetch(false);
      // The platform still believes in the token that its own API refused: only force helps.
      if (fetched.token === dead) fetched = await this.options.fetch(true);
      const expiresAt = new Date(this.now().getTime() + fetched.expiresInSeconds * 1000);
      await WechatTokenModel.updateOne(mine, {
        $set: {
          token: fetched.token,
          expiresAt,
          leaseUntil: epoch,
          leaseBy: null,
          failures: 0,
          failure: null,
        },
      });
      return this.keep(fetched.token, expiresAt);
    } catch (error) {
      const failure =
        error instanceof WechatError
          ? { code: error.errcode, message: error.message }
          : { code: null, message: 'no answer' };
      const stored = await WechatTokenModel.findById(this.options.appid).lean<StoredToken>();
      const failures = (stored?.failures ?? 0) + 1;
      const wait = Math.min(500 * 2 ** failures, 5 * 60_000);
      await WechatTokenModel.updateOne(mine, {
        $set: {
          leaseUntil: epoch,
          leaseBy: null,
          failures,
          failure,
          retryAt: new Date(this.now().getTime() + wait),
        },
      });
      throw error;
    }
  }

  private keep(token: string, expiresAt: Date): string {
    this.cached = { token, expiresAt: expiresAt.getTime() };
    return token;
  }
}

/** A failure of another process or of a moment ago. Nothing was sent, so the caller may try again later. */
function failed(failure: NonNullable<StoredToken['failure']>): WechatError {
  const kind = failure.code === null || failure.code === -1 ? 'retry' : 'stop';
  return new WechatError(failure.code, kind, '/cgi-bin/stable_token', failure.message);
}
