/** What the hall needs of WeChat Pay. All amounts are whole fen, all instants UTC. Failures are `PayError`s. */
export interface WechatPay {
  /** Makes the order known and returns what a page hands to the cashier. The same number again must come with the same order. */
  prepay(order: NewTrade): Promise<CashierRequest>;
  /** The order as WeChat has it; null when there is none. */
  query(outTradeNo: string): Promise<Trade | null>;
  /** Closes an unpaid order; again: changes nothing. `paid`: too late, it is paid. */
  close(outTradeNo: string): Promise<'closed' | 'paid'>;
  /** Asks for a refund. The same number again is the same refund; accepted is not yet refunded. */
  refund(refund: NewRefund): Promise<TradeRefund>;
  findRefund(outRefundNo: string): Promise<TradeRefund | null>;
  /** Yesterday's and older trades of a local day `YYYY-MM-DD`, ready from 10:00 the next day; null: no trade, or not ready. */
  bill(day: string): Promise<readonly BillRow[] | null>;
  /** Verifies and opens a notice; throws `NoticeRefusal`. Causes no call to anybody. */
  readNotice(headers: NoticeHeaders, rawBody: string, now: Date): PayNotice;
  /** Lets go of the connections. */
  end(): Promise<void>;
}

export interface NewTrade {
  /** 6 to 32 letters, digits, `_` or `-`. */
  readonly outTradeNo: string;
  /** Where the citizen pays: the mini-program, or a page of the official account. */
  readonly channel: 'weapp' | 'h5';
  readonly openid: string;
  /** 1 to 127 characters, shown in the cashier. */
  readonly description: string;
  readonly total: number;
  readonly expiresAt: Date;
  readonly notifyUrl: string;
}

/** For wx.requestPayment and the bridge of an h5 page. */
export interface CashierRequest {
  readonly appId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

export type TradeState =
  | 'SUCCESS'
  | 'REFUND'
  | 'NOTPAY'
  | 'CLOSED'
  | 'REVOKED'
  | 'USERPAYING'
  | 'PAYERROR'
  | 'ACCEPT';

export interface Trade {
  readonly outTradeNo: string;
  readonly appid: string;
  readonly state: TradeState;
  readonly transactionId: string | null;
  readonly paidAt: Date | null;
  readonly total: number;
  readonly openid: string | null;
}

export interface NewRefund {
  /** 1 to 64 characters; one of our refunds, whatever becomes of the call. */
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly refund: number;
  readonly total: number;
  readonly reason: string;
  readonly notifyUrl: string;
}

export interface TradeRefund {
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly refundId: string;
  readonly status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';
  readonly refund: number;
  readonly total: number;
  readonly refundedAt: Date | null;
}

/** A line of the trade bill. */
export interface BillRow {
  readonly kind: 'payment' | 'refund';
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly outRefundNo: string | null;
  readonly refundId: string | null;
  readonly refundStatus: string | null;
  /** Paid, or asked to be refunded. */
  readonly amount: number;
  readonly at: Date;
}

export type NoticeHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type PayNotice =
  | { readonly id: string; readonly kind: 'paid'; readonly trade: Trade }
  | { readonly id: string; readonly kind: 'refund'; readonly refund: TradeRefund };
