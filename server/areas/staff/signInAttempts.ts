import { createHash } from 'node:crypto';
import { isDuplicateKey } from '../../kernel/database.ts';
import { SignInAttemptsModel, type StoredAttempts } from './model.ts';
import { countRecent, signInRules } from './rules.ts';

const keyOf = (username: string): string => createHash('sha256').update(username).digest('hex');
const never = new Date(0);

/**
 * Takes one of the five tries of this name before the password is looked at, so that fifty at once, in however many
 * processes, are still five. False: the name is locked.
 */
export async function takeAttempt(username: string, now: Date): Promise<boolean> {
  const forgetAt = new Date(now.getTime() + signInRules.withinMs + signInRules.lockMs);
  try {
    const row = await SignInAttemptsModel.findOneAndUpdate(
      { _id: keyOf(username), lockedUntil: { $lte: now } },
      {
        $push: { attempts: { $each: [now], $slice: -(signInRules.failures + 1) } },
        $set: { forgetAt },
        $setOnInsert: { lockedUntil: never },
      },
      { upsert: true, returnDocument: 'after' },
    ).lean<StoredAttempts>();
    return row !== null && countRecent(row.attempts, now) <= signInRules.failures;
  } catch (error) {
    // The row is there and locked: the filter missed it, and the upsert met its key.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** After a wrong password. True when this was the last try and the name is now locked. */
export async function lockAfterFailures(username: string, now: Date): Promise<boolean> {
  const row = await SignInAttemptsModel.findById(keyOf(username)).lean<StoredAttempts>();
  if (!row || countRecent(row.attempts, now) < signInRules.failures) return false;
  const lockedUntil = new Date(now.getTime() + signInRules.lockMs);
  const changed = await SignInAttemptsModel.updateOne(
    { _id: row._id, lockedUntil: { $lte: now } },
    { $set: { lockedUntil, forgetAt: lockedUntil, attempts: [] } },
  );
  return changed.modifiedCount === 1;
}

/** After a right password the count begins anew. */
export async function forgetAttempts(username: string): Promise<void> {
  await SignInAttemptsModel.deleteOne({ _id: keyOf(username) });
}
