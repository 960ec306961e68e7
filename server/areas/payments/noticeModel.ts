import type { Collection } from 'mongodb';
import mongoose, { Schema } from 'mongoose';
import type { Trade, TradeRefund } from '../../wechat/pay/port.ts';

/** A verified notice of WeChat Pay, kept before it is acknowledged, applied after. */
export interface StoredNotice {
  readonly _id: string;
  readonly kind: 'paid' | 'refund';
  /** The facts read from it; the payer's openid is left out. */
  readonly facts: Trade | TradeRefund;
  /** As it came: sealed under the APIv3 key. */
  readonly raw: string;
  readonly receivedAt: Date;
  readonly state: 'stored' | 'applied' | 'strange';
  /** What is strange about it, for the cashier's desk. */
  readonly problem: string | null;
}

const noticeSchema = new Schema<StoredNotice>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    facts: { type: Object, required: true },
    raw: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    state: { type: String, required: true },
    problem: { type: String, default: null },
  } as never,
  { collection: 'payNotices', versionKey: false, minimize: false },
);
noticeSchema.index({ receivedAt: 1 }, { partialFilterExpression: { state: 'stored' } });
export const PayNoticeModel = mongoose.model('PayNotice', noticeSchema);
export const payNotices = (): Collection<StoredNotice> =>
  PayNoticeModel.collection as unknown as Collection<StoredNotice>;
