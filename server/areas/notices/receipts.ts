import { EventEmitter } from 'node:events';
import mongoose, { Schema } from 'mongoose';
import { NoticeModel } from './model.ts';
import { sourcesOf } from './states.ts';

export type ReceiptStatus = 'delivered' | 'refused' | 'failed';

/**
 * What became of a template message (TEMPLATESENDJOBFINISH). Stored as it comes, matched with its message afterwards:
 * it may arrive before the id of the message is stored, and more than once.
 */
export interface Receipt {
  /** WeChat's message id. */
  readonly _id: string;
  readonly openid: string;
  readonly status: ReceiptStatus;
  readonly at: Date;
  /** Set while no message was found for it. */
  readonly open: boolean | undefined;
  readonly dueAt: Date;
  readonly tries: number;
}

const receiptSchema = new Schema<Receipt>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    status: { type: String, required: true },
    at: { type: Date, required: true },
    open: { type: Boolean },
    dueAt: { type: Date, required: true },
    tries: { type: Number, default: 0 },
  } as never,
  { collection: 'messageReceipts', versionKey: false },
);
receiptSchema.index({ open: 1, dueAt: 1 }, { partialFilterExpression: { open: true } });
receiptSchema.index({ at: 1 }, { expireAfterSeconds: 3 * 24 * 3600 });
export const ReceiptModel = mongoose.model('MessageReceipt', receiptSchema);

const bell = new EventEmitter();
export function onReceipts(listener: () => void): () => void {
  bell.on('ring', listener);
  return () => bell.off('ring', listener);
}

/** WeChat's `Status` text. */
export function statusOf(text: string): ReceiptStatus {
  if (text === 'success') return 'delivered';
  return text.includes('user block') ? 'refused' : 'failed';
}

type Incoming = Pick<Receipt, '_id' | 'openid' | 'status' | 'at'>;
const waiting: { receipt: Incoming; stored: (error?: unknown) => void }[] = [];
let flushing = false;

/**
 * Stores a receipt; resolves once it is in the database. Receipts that come at the same time share one write, so that a
 * broadcast's thousands a second are cheap. A second receipt for a message is ignored.
 */
export function takeReceipt(receipt: Incoming): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ receipt, stored: (error) => (error ? reject(error) : resolve()) });
    if (!flushing) void flush();
  });
}

async function flush(): Promise<void> {
  flushing = true;
  await new Promise((resolve) => setTimeout(resolve, 15));
  while (waiting.length > 0) {
    const batch = waiting.splice(0, 1000);
    try {
      // A moment later, the message's own id will be stored.
      const dueAt = new Date(Date.now() + 250);
      await ReceiptModel.collection.bulkWrite(
        batch.map(({ receipt: { _id, ...rest } }) => ({
          updateOne: {
            filter: { _id: _id as never },
            update: { $setOnInsert: { ...rest, open: true, dueAt, tries: 0 } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
      for (const { stored } of batch) stored();
      bell.emit('ring');
    } catch (error) {
      for (const { stored } of batch) stored(error); // WeChat delivers again
    }
  }
  flushing = false;
}

/** Finds the messages of another area that receipts belong to; answers the ids it matched. */
export type ReceiptMatcher = (receipts: readonly Receipt[]) => Promise<ReadonlySet<string>>;
const matchers: ReceiptMatcher[] = [matchNotices];

/** Broadcasts have a ledger of their own and take their receipts here. */
export const addReceiptMatcher = (matcher: ReceiptMatcher): void => {
  if (!matchers.includes(matcher)) matchers.push(matcher);
};

const waits = [300, 1000, 5000, 30_000, 300_000, 3_600_000];

/** Applies receipts that are due; true when there may be more. Safe to run in several processes and to run twice. */
export async function applyReceipts(wall: Date): Promise<boolean> {
  const limit = 1000;
  const due = await ReceiptModel.find({ open: true, dueAt: { $lte: wall } })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean<Receipt[]>();
  if (due.length === 0) return false;
  const matched = new Set<string>();
  for (const matcher of matchers) {
    for (const id of await matcher(due.filter(({ _id }) => !matched.has(_id)))) matched.add(id);
  }
  const done = due.filter(({ _id, tries }) => matched.has(_id) || tries >= waits.length);
  if (done.length > 0) {
    await ReceiptModel.updateMany({ _id: { $in: done.map(({ _id }) => _id) } }, { $unset: { open: '' } });
  }
  const later = due.filter((each) => !done.includes(each));
  if (later.length > 0) {
    await ReceiptModel.bulkWrite(
      later.map(({ _id, tries }) => ({
        updateOne: {
          filter: { _id, open: true },
          update: { $set: { dueAt: new Date(wall.getTime() + waits[tries]!), tries: tries + 1 } },
        },
      })),
    );
  }
  return due.length === limit;
}

async function matchNotices(receipts: readonly Receipt[]): Promise<ReadonlySet<string>> {
  const ids = receipts.map(({ _id }) => _id);
  const found = await NoticeModel.find({ msgId: { $in: ids } }, { msgId: 1 }).lean<{ msgId: string }[]>();
  const known = new Set(found.map(({ msgId }) => msgId));
  const mine = receipts.filter(({ _id }) => known.has(_id));
  if (mine.length > 0) {
    await NoticeModel.bulkWrite(
      mine.map(({ _id, status, at }) => ({
        updateOne: {
          filter: { msgId: _id, state: { $in: sourcesOf(status).filter((state) => state !== 'sending') } },
          update: { $set: { state: status, settledAt: at } },
        },
      })),
    );
  }
  return known;
}
