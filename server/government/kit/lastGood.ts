import mongoose, { Schema } from 'mongoose';
import { sm3 } from '../../kernel/crypto/sm.ts';

interface StoredAnswer {
  readonly _id: string;
  /** JSON text: shapes of others are not ours to query. */
  readonly text: string;
  readonly digest: string;
  readonly at: Date;
}

const answerSchema = new Schema<StoredAnswer>(
  {
    _id: { type: String, required: true },
    text: { type: String, required: true },
    digest: { type: String, required: true },
    at: { type: Date, required: true },
  } as never,
  { collection: 'governmentLastGood', versionKey: false },
);
const AnswerModel = mongoose.model('GovernmentLastGood', answerSchema);

export interface LastGood<T> {
  readonly value: T;
  /** When the system said so: shown as 「数据更新于 …」. */
  readonly at: Date;
}

const freshEnough = 30_000;
const remembered = new Map<string, { digest: string; at: number }>();

/** Keeps an answer. The same answer again within half a minute writes nothing. Never for property, social-security or licence data. */
export async function keepLastGood(key: string, value: unknown, at: Date): Promise<void> {
  const text = JSON.stringify(value);
  const digest = sm3(text).toString('base64url');
  const known = remembered.get(key);
  if (known?.digest === digest && at.getTime() - known.at < freshEnough) return;
  await AnswerModel.updateOne({ _id: key }, { $set: { text, digest, at } }, { upsert: true });
  if (remembered.size > 10_000) remembered.clear();
  remembered.set(key, { digest, at: at.getTime() });
}

export async function findLastGood<T>(key: string): Promise<LastGood<T> | null> {
  const stored = await AnswerModel.findById(key).lean<StoredAnswer>();
  return stored && { value: JSON.parse(stored.text) as T, at: stored.at };
}
