import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../kernel/database.ts';

/** What all processes share about one system. */
export interface StoredSystem {
  readonly _id: string;
  /** Switched off by hand; null = on. */
  readonly off: { readonly by: string; readonly reason: string; readonly at: Date } | null;
  readonly lastGoodAt: Date | null;
  readonly lastFailure: { readonly at: Date; readonly code: string } | null;
  /** When staff last ordered all processes to close their breakers. */
  readonly resetAt?: Date | null;
}

const systemSchema = new Schema<StoredSystem>(
  {
    _id: { type: String, required: true },
    off: { type: Object, default: null },
    lastGoodAt: { type: Date, default: null },
    lastFailure: { type: Object, default: null },
    resetAt: { type: Date, default: null },
  } as never,
  { collection: 'governmentSystems', versionKey: false },
);
export const SystemModel = mongoose.model('GovernmentSystem', systemSchema);

/** Switches a system off (with a reason that staff read) or on again, for all processes within two seconds. */
export async function setKillSwitch(
  system: string,
  off: { readonly by: string; readonly reason: string; readonly at: Date } | null,
): Promise<void> {
  await SystemModel.updateOne({ _id: system }, { $set: { off } }, { upsert: true });
}

/** Orders every process to close its breaker to this system: the next calls are tried again. */
export async function orderBreakerReset(system: string, at: Date): Promise<void> {
  await SystemModel.updateOne({ _id: system }, { $set: { resetAt: at } }, { upsert: true });
}

interface StoredQuota {
  readonly _id: string;
  readonly used: number;
  readonly endsAt: Date;
}

const quotaSchema = new Schema<StoredQuota>(
  {
    _id: { type: String, required: true },
    used: { type: Number, required: true },
    endsAt: { type: Date, required: true },
  } as never,
  { collection: 'governmentQuotas', versionKey: false },
);
quotaSchema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });
const QuotaModel = mongoose.model('GovernmentQuota', quotaSchema);

/** How many calls of the day are used. */
export async function usedQuota(system: string, day: string): Promise<number> {
  const stored = await QuotaModel.findById(`${system}/${day}`).lean<StoredQuota>();
  return stored?.used ?? 0;
}

/** Takes one call from the day's quota by one conditional write; false when it is used up. */
export async function takeQuota(system: string, day: string, limit: number): Promise<boolean> {
  const _id = `${system}/${day}`;
  if (await takeFrom(_id, limit)) return true;
  const endsAt = new Date(Date.parse(`${day}T00:00:00+08:00`) + 3 * 86_400_000);
  try {
    await QuotaModel.updateOne({ _id }, { $setOnInsert: { used: 0, endsAt } }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error; // another call began the day
  }
  return takeFrom(_id, limit);
}

async function takeFrom(_id: string, limit: number): Promise<boolean> {
  const taken = await QuotaModel.updateOne({ _id, used: { $lt: limit } }, { $inc: { used: 1 } });
  return taken.matchedCount === 1;
}
