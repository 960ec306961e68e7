import { localDayOf } from '../../kernel/localDay.ts';
import { applyRecords } from './applyRecords.ts';
import { MatterVersionModel, type StoredVersion } from './deliveryModel.ts';
import { MatterModel } from './model.ts';
import { type SyncRoom, tellWithdrawn } from './syncMatters.ts';

/**
 * Takes over what counts from today on: versions with a date of effect, and cancellations announced before. A version that a
 * newer one has replaced meanwhile is passed by.
 */
export async function applyDueVersions(room: Pick<SyncRoom, 'clock' | 'onWithdrawn'>): Promise<number> {
  const now = room.clock.now();
  const today = localDayOf(now);
  const due = await MatterVersionModel.find({ effectiveOn: { $type: 'string', $lte: today } })
    .sort({ effectiveOn: 1, version: 1 })
    .lean<StoredVersion[]>();
  let count = 0;
  for (const { _id, code, version, record, deliveryId } of due) {
    const newer = await MatterModel.exists({ code, sourceVersion: { $gt: version } });
    if (!newer) {
      const { added, changed, withdrawn } = await applyRecords([record], deliveryId, now);
      count += added + changed + withdrawn;
    }
    await MatterVersionModel.updateOne({ _id }, { $set: { appliedAt: now, effectiveOn: null } });
  }
  await tellWithdrawn(room);
  return count;
}
