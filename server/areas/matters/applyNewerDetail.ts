import type { MatterRecord } from '../../government/items/port.ts';
import { isDuplicateKey } from '../../kernel/database.ts';
import { fingerprint } from './applyRecords.ts';
import { MatterVersionModel } from './deliveryModel.ts';
import { type Matter, MatterModel } from './model.ts';
import { timeText } from './rules.ts';

/**
 * Takes over what the portal says of a matter when its version is newer than ours. The portal has no fees, no days of effect and
 * no opening hours: those stay as they are until the next delivery, which brings the version whole and is taken over again,
 * because its fingerprint differs. Answers whether anything was taken.
 */
export async function applyNewerDetail(
  matter: Pick<Matter, 'id' | 'sourceVersion'>,
  record: MatterRecord,
  now: Date,
): Promise<boolean> {
  if (record.version <= (matter.sourceVersion ?? 0)) return false;
  const digest = fingerprint(record);
  const { modifiedCount } = await MatterModel.updateOne(
    { _id: matter.id, withdrawnAt: null, sourceVersion: { $lt: record.version } },
    {
      $set: {
        name: record.name,
        department: record.department,
        audiences: [...record.audiences],
        legalTime: timeText(record.legalTime),
        promisedTime: timeText(record.promisedTime),
        limits: { legal: record.legalTime, promised: record.promisedTime },
        conditions: [...record.conditions],
        materials: [...record.materials],
        steps: record.steps.map((name) => ({ name, text: '' })),
        laws: [...record.laws],
        questions: [...record.questions],
        phone: record.phone,
        proofs: [...record.proofs],
        doubts: [...record.doubts],
        sourceVersion: record.version,
        sourceDigest: digest,
        updatedAt: now,
      } as never,
    },
  );
  if (modifiedCount === 0) return false;
  const _id = `${record.code}/${record.version}/${digest}`;
  const { code, version } = record;
  await MatterVersionModel.create([
    { _id, code, version, record, deliveryId: 'detail', effectiveOn: null, seenAt: now, appliedAt: now },
  ]).catch((error) => {
    if (!isDuplicateKey(error)) throw error;
  });
  return true;
}
