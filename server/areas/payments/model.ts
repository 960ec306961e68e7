import type { Collection } from 'mongodb';
import mongoose, { Schema } from 'mongoose';
import type { CashierRequest } from '../../wechat/pay/port.ts';
import { BillKind, PaymentState } from './contract.ts';
import type { PaymentEvent } from './states.ts';

/** One attempt to pay one bill; `_id` is our number at WeChat and at the bill's owner. Amounts in fen. */
export interface Payment {
  readonly _id: string;
  readonly personId: string;
  readonly kind: BillKind;
  readonly number: string;
  /** `<kind>:<number>`; at most one open payment has it. */
  readonly billKey: string;
  readonly open: boolean;
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly amount: number }[];
  readonly amount: number;
  readonly channel: 'weapp' | 'h5';
  readonly state: PaymentState;
  /** The page's key for this tap, and what it asked for. */
  readonly key: string;
  readonly digest: string;
  readonly cashier: CashierRequest | null;
  readonly transactionId: string | null;
  readonly paidAt: Date | null;
  readonly receiptNumber: string | null;
  readonly refund: { readonly reason: string; readonly askedBy: string } | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When this payment needs a look next; null when nothing is to be done. */
  readonly dueAt: Date | null;
  readonly tries: number;
  readonly claim: string | null;
  readonly history: readonly {
    readonly at: Date;
    readonly by: string;
    readonly event: PaymentEvent | 'create';
    readonly to: PaymentState;
    readonly why: string | null;
  }[];
}

const paymentSchema = new Schema<Payment>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    kind: { type: String, enum: BillKind.options, required: true },
    number: { type: String, required: true },
    billKey: { type: String, required: true },
    open: { type: Boolean, required: true },
    title: { type: String, required: true },
    lines: { type: Array, required: true },
    amount: { type: Number, required: true },
    channel: { type: String, required: true },
    state: { type: String, enum: PaymentState.options, required: true },
    key: { type: String, required: true },
    digest: { type: String, required: true },
    cashier: { type: Object, default: null },
    transactionId: { type: String, default: null },
    paidAt: { type: Date, default: null },
    receiptNumber: { type: String, default: null },
    refund: { type: Object, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    dueAt: { type: Date, default: null },
    tries: { type: Number, default: 0 },
    claim: { type: String, default: null },
    history: { type: Array, required: true },
  } as never,
  { collection: 'payments', versionKey: false, minimize: false },
);
paymentSchema.index({ personId: 1, createdAt: -1 });
paymentSchema.index({ state: 1, _id: -1 });
paymentSchema.index({ number: 1 });
paymentSchema.index({ personId: 1, key: 1 }, { unique: true });
paymentSchema.index({ billKey: 1 }, { unique: true, partialFilterExpression: { open: true } });
paymentSchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $type: 'date' } } });
paymentSchema.index({ paidAt: 1 }, { partialFilterExpression: { paidAt: { $type: 'date' } } });
export const PaymentModel = mongoose.model('Payment', paymentSchema);

/** The collection itself, for conditional writes. */
export const payments = (): Collection<Payment> => PaymentModel.collection as unknown as Collection<Payment>;
