import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../database.ts';

/** Work that one process does for all: whoever holds the lease document. */
interface Lease {
  readonly _id: string;
  readonly holder: string;
  readonly until: Date;
}

const leaseSchema = new Schema<Lease>(
  {
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    until: { type: Date, required: true },
  } as never,
  { collection: 'leases', versionKey: false },
);
const LeaseModel = mongoose.model('Lease', leaseSchema);

/** Takes the lease when it is free or has run out, or prolongs it when it is the holder's already. False: not yours. */
export async function holdLease(name: string, holder: string, ms: number): Promise<boolean> {
  const now = new Date();
  const until = new Date(now.getTime() + ms);
  try {
    const { modifiedCount, upsertedCount } = await LeaseModel.updateOne(
      { _id: name, $or: [{ holder }, { until: { $lte: now } }] },
      { $set: { holder, until } },
      { upsert: true },
    );
    return modifiedCount + upsertedCount === 1;
  } catch (error) {
    if (isDuplicateKey(error)) return false; // another process holds it
    throw error;
  }
}

/** Gives it back at once, so that nobody waits for its end. */
export async function dropLease(name: string, holder: string): Promise<void> {
  await LeaseModel.deleteOne({ _id: name, holder });
}
