import type { Faults } from './core/faults.ts';
import { FaultSwitches } from './core/faults.ts';
import { MessageIds, originalId } from './core/ids.ts';
import { QuotaBook } from './core/quota.ts';
import { Store } from './core/store.ts';
import type { Account, Application } from './core/tokens.ts';
import { Tokens } from './core/tokens.ts';
import { Delivery } from './events/delivery.ts';
import type { XmlFields } from './events/xml.ts';
import { Directory, type Person } from './people/directory.ts';
import { Inbox } from './people/inbox.ts';
import { Ledger } from './people/ledger.ts';

export type WechatOptions = {
  /** 0 or nothing: a free port. */
  port?: number | undefined;
  host?: string | undefined;
  /** LMDB files; state survives a restart. Nothing: memory. */
  dir?: string | undefined;
  officialAccount: { appid: string; secret: string; token: string; aesKey: string };
  miniProgram: { appid: string; secret: string };
  /** Where messages and events of the official account are POSTed. */
  callbackUrl?: string | undefined;
  /** The hall's own address: the phone opens its h5 mini-program there, and only its host may ask for OAuth. */
  hallUrl?: string | undefined;
  /** WeChat Pay's stand-in: the phone's cashier asks there. */
  payUrl?: string | undefined;
  /** Switches that are on from the start, and again after a reset. */
  faults?: Partial<Faults> | undefined;
  now?: (() => Date) | undefined;
};

/** Everything the parts of the stand-in share. */
export class World {
  readonly options: WechatOptions;
  readonly store: Store;
  readonly faults = new FaultSwitches();
  readonly quota: QuotaBook;
  readonly tokens: Tokens;
  readonly people: Directory;
  readonly inbox: Inbox;
  readonly ledger: Ledger;
  readonly delivery: Delivery;
  readonly messageIds = new MessageIds();
  /** Answers of the account's server that WeChat could not have used, in plain words, newest last. */
  readonly complaints: string[] = [];
  /** Set when the server listens: the address that replaces WeChat's own in links we hand out. */
  baseUrl = '';
  #settings;
  #clock: () => Date;

  constructor(options: WechatOptions) {
    this.options = options;
    this.#clock = options.now ?? (() => new Date());
    this.store = new Store(options.dir);
    this.#settings = this.store.collection<number>('settings');
    this.faults.change(options.faults ?? {});
    const now = () => this.now();
    const applications: Application[] = [
      { account: 'oa', appid: options.officialAccount.appid, secret: options.officialAccount.secret },
      { account: 'mp', appid: options.miniProgram.appid, secret: options.miniProgram.secret },
    ];
    this.quota = new QuotaBook(this.store, now);
    this.tokens = new Tokens(this.store, applications, now, () => this.faults.current.tokenExpiresSoon);
    this.people = new Directory(this.store, now);
    this.people.virtual.resize(this.#settings.get('followers') ?? 0);
    this.inbox = new Inbox(this.store);
    this.ledger = new Ledger(this.store);
    const { appid, token, aesKey } = options.officialAccount;
    this.delivery = new Delivery(
      options.callbackUrl ? { url: options.callbackUrl, appid, token, aesKey } : undefined,
      this.faults,
      now,
      (outcome) => this.ledger.receipt(outcome),
    );
  }

  now(): Date {
    return new Date(this.#clock().getTime() + this.clockOffsetMs);
  }

  /** How far the stand-in's clock is ahead of the machine's. */
  get clockOffsetMs(): number {
    return this.#settings.get('clockOffsetMs') ?? 0;
  }

  setClockOffset(ms: number): void {
    this.#settings.set('clockOffsetMs', ms);
    this.inbox.touch(undefined);
  }

  setFollowers(count: number): void {
    this.#settings.set('followers', count);
    this.people.virtual.resize(count);
  }

  appid(account: Account): string {
    return account === 'oa' ? this.options.officialAccount.appid : this.options.miniProgram.appid;
  }

  get accountId(): string {
    return originalId(this.options.officialAccount.appid);
  }

  /** The fields every push about a person begins with. */
  pushHead(openid: string, type: 'event' | 'text' | 'image' | 'location'): XmlFields {
    return {
      ToUserName: this.accountId,
      FromUserName: openid,
      CreateTime: Math.floor(this.now().getTime() / 1000),
      MsgType: type,
    };
  }

  /** A follower's openid, demo citizen or generated; 'stranger' for an openid of ours that does not follow. */
  addressee(openid: string): { person?: Person; state: 'follows' | 'stranger' | 'unknown' } {
    const person = this.people.byAccountOpenid(openid);
    if (person) return { person, state: person.follows ? 'follows' : 'stranger' };
    return { state: this.people.virtual.indexOf(openid) === undefined ? 'unknown' : 'follows' };
  }
}
