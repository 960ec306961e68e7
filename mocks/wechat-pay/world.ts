import type { Collection } from '../wechat/core/store.ts';
import { Store } from '../wechat/core/store.ts';
import { keptKeys, makeKeys, type PayKeys } from './keys.ts';
import type { SigningMode } from './signing.ts';

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';

/** An order of the merchant. Amounts in fen. */
export interface PayOrder {
  readonly outTradeNo: string;
  readonly appid: string;
  readonly openid: string;
  readonly description: string;
  readonly attach: string;
  readonly total: number;
  readonly notifyUrl: string;
  readonly timeExpire: string | null;
  /** The request as it came first: a repetition must be the same. */
  readonly request: string;
  readonly prepayId: string;
  readonly createdAt: string;
  state: TradeState;
  transactionId: string | null;
  successTime: string | null;
}

export interface PayRefund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly outTradeNo: string;
  readonly refund: number;
  readonly reason: string;
  readonly notifyUrl: string | null;
  readonly request: string;
  readonly createdAt: string;
  status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';
  successTime: string | null;
}

/** A notice to the merchant and how its deliveries went. */
export interface Notice {
  readonly id: string;
  readonly eventType: string;
  readonly url: string;
  /** The plaintext that is sealed anew for each delivery. */
  readonly resource: Readonly<Record<string, unknown>>;
  readonly originalType: 'transaction' | 'refund';
  readonly summary: string;
  readonly createdAt: string;
  tries: { at: string; status: number | null }[];
  done: boolean;
}

/** What can go wrong on purpose; all off at start. Rates are shares from 0 to 1. */
export interface PayFaults {
  latencyMs: number;
  /** Share of calls answered with 500 SYSTEM_ERROR instead of being carried out. */
  errorRate: number;
  /** Share of calls that are carried out and whose connection is cut. */
  dropResponses: number;
  /** Every call is refused at the door, as when the platform is down. */
  down: boolean;
  /** The first try of a notice waits so long. */
  noticeDelayMs: number;
  /** Share of notices whose every try is lost. */
  noticeLoss: number;
  /** How many times each notice is sent at the same moment. */
  noticeCopies: number;
  /** Tries overtake each other by a random delay of up to this many milliseconds. */
  noticeReorderMs: number;
  /** Share of tries with a deliberately wrong signature, as the platform's probes. */
  noticeProbes: number;
  /** Added to the amount in the notice, in fen. */
  noticeWrongAmount: number;
  /** How refunds end. */
  refundEnds: 'SUCCESS' | 'ABNORMAL' | 'CLOSED';
  refundDelayMs: number;
}

export const noFaults: Readonly<PayFaults> = {
  latencyMs: 0,
  errorRate: 0,
  dropResponses: 0,
  down: false,
  noticeDelayMs: 20,
  noticeLoss: 0,
  noticeCopies: 1,
  noticeReorderMs: 0,
  noticeProbes: 0,
  noticeWrongAmount: 0,
  refundEnds: 'SUCCESS',
  refundDelayMs: 200,
};

export interface PayOptions {
  readonly port?: number;
  readonly host?: string | undefined;
  /** Orders, refunds and keys are kept here; without it all is forgotten at the end. */
  readonly dir?: string | undefined;
  readonly appids: readonly string[];
  readonly now?: () => Date;
  /** The platform refuses a notify_url of a private network; a stand-in on one machine has to allow it. */
  readonly allowPrivateNotify?: boolean;
  /** Which signature answers and notices carry. */
  readonly signing?: SigningMode;
  /** Divides the pauses between the tries of a notice: 1 is the real schedule. */
  readonly noticeSpeed?: number;
  /** Smallest time between two refunds of one order. */
  readonly refundGapMs?: number;
}

/** Everything the platform knows. */
export class PayWorld {
  readonly keys: PayKeys;
  readonly orders: Collection<PayOrder>;
  readonly refunds: Collection<PayRefund>;
  readonly notices: Collection<Notice>;
  /** The time orders live in; the demo may shift it. */
  readonly now: () => Date;
  /** The time signatures are made and checked in: a client's library takes it from the machine. */
  readonly wall = (): Date => new Date();
  faults: PayFaults = { ...noFaults };
  signing: SigningMode;
  /** The Request-ID of every call, newest last, with what became of it. */
  readonly calls: { at: string; method: string; path: string; status: number }[] = [];
  private readonly store: Store;

  constructor(readonly options: PayOptions) {
    this.now = options.now ?? (() => new Date());
    this.signing = options.signing ?? 'publicKey';
    this.keys = options.dir ? keptKeys(options.dir, this.now()) : makeKeys(this.now());
    this.store = new Store(options.dir);
    this.orders = this.store.collection('orders');
    this.refunds = this.store.collection('refunds');
    this.notices = this.store.collection('notices');
  }

  note(method: string, path: string, status: number): void {
    this.calls.push({ at: this.now().toISOString(), method, path, status });
    if (this.calls.length > 500) this.calls.splice(0, 100);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

const beijing = 8 * 3_600_000;

/** RFC 3339 with Beijing's offset, as all times of the platform. */
export function rfc3339(at: Date): string {
  return `${new Date(at.getTime() + beijing).toISOString().slice(0, 19)}+08:00`;
}

/** `YYYY-MM-DD` in Beijing. */
export function localDay(at: Date): string {
  return new Date(at.getTime() + beijing).toISOString().slice(0, 10);
}
