import type { ClientSession } from 'mongoose';
import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { type Claim, emptyLedger, type Ledger, ledgers } from './ledgerModel.ts';
import { newest } from './newest.ts';
import { activeClaims, decideQuota, type QuotaRefusal } from './quota.ts';
import type { BookingRoom } from './room.ts';

export async function readLedger(personId: string, session?: ClientSession): Promise<Ledger> {
  const stored = await ledgers().findOne({ _id: personId }, newest(session));
  return stored ?? emptyLedger(personId);
}

/**
 * Enters a claim in the person's ledger if the quota allows it (I2). The write is conditional on the ledger that was
 * decided on; who lost the race decides again on the newer one. A claim that is there already is not entered twice.
 */
export async function claimQuota(
  room: BookingRoom,
  personId: string,
  claim: Claim,
  replaces: string | null = null,
): Promise<QuotaRefusal | null> {
  const now = room.clock.now();
  for (let attempt = 0; attempt < 20; attempt++) {
    const ledger = await readLedger(personId);
    if (ledger.claims.some((each) => each.bookingId === claim.bookingId)) return null;
    const refusal = decideQuota(ledger, claim, now, room.rules, replaces);
    if (refusal) return refusal;
    if (await writeLedger(ledger, { claims: [...activeClaims(ledger, now), claim] })) return null;
  }
  throw new HallError(hallErrors.busy);
}

/** Writes a ledger that nobody has changed since it was read; false: somebody has. */
export async function writeLedger(
  read: Ledger,
  change: Partial<Pick<Ledger, 'claims' | 'strikes' | 'pausedUntil'>>,
  session?: ClientSession,
): Promise<boolean> {
  const options = session ? { session } : {};
  if (read.version === 0) {
    try {
      await ledgers().insertOne({ ...read, ...change, version: 1 }, options);
      return true;
    } catch (error) {
      if (isDuplicateKey(error) && !session) return false;
      throw error;
    }
  }
  const { modifiedCount } = await ledgers().updateOne(
    { _id: read._id, version: read.version },
    { $set: change, $inc: { version: 1 } },
    options,
  );
  return modifiedCount === 1;
}

/** Takes a booking out of the ledger. Safe to repeat. */
export async function releaseClaim(
  personId: string,
  bookingId: string,
  session?: ClientSession,
): Promise<void> {
  await ledgers().updateOne(
    { _id: personId, 'claims.bookingId': bookingId },
    { $pull: { claims: { bookingId } }, $inc: { version: 1 } },
    { ...(session && { session }) },
  );
}
