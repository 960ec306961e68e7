import type { MatterRecord } from '../../government/items/port.ts';
import { sm3 } from '../../kernel/crypto/sm.ts';
import { type LocalDay, localDayOf } from '../../kernel/localDay.ts';
import { MatterVersionModel } from './deliveryModel.ts';
import { type Matter, MatterModel } from './model.ts';
import { feeText, timeText } from './rules.ts';
import { topicOf } from './topics.ts';

export interface Applied {
  readonly added: number;
  readonly changed: number;
  /** Matters that were offered until now. */
  readonly withdrawn: number;
}

export const fingerprint = (record: MatterRecord): string =>
  sm3(JSON.stringify(record)).toString('base64url').slice(0, 22);

type Known = Pick<Matter, 'sourceDigest' | 'withdrawnAt' | 'halls'> & { _id: string; code: string };

/**
 * Takes records over into the catalogue, keeping what is the hall's own: id, topic, minutes, windows. What is to count from a
 * later day waits in `matterVersions`. Running it again changes nothing.
 */
export async function applyRecords(
  records: readonly MatterRecord[],
  deliveryId: string,
  now: Date,
): Promise<Applied> {
  const today = localDayOf(now);
  const known = await MatterModel.find({ code: { $in: records.map(({ code }) => code) } })
    .select('code sourceDigest withdrawnAt halls')
    .lean<Known[]>();
  const byCode = new Map(known.map((each) => [each.code, each]));
  const writes: object[] = [];
  let [added, changed, withdrawn] = [0, 0, 0];
  for (const record of records) {
    const before = byCode.get(record.code);
    if (isWithdrawn(record, today)) {
      if (!before || before.withdrawnAt) continue;
      withdrawn += 1;
      writes.push(withdrawal(before._id, now));
      continue;
    }
    if (record.effectiveOn !== null && record.effectiveOn > today) continue;
    const digest = fingerprint(record);
    if (before && before.sourceDigest === digest && !before.withdrawnAt) continue;
    if (before) changed += 1;
    else added += 1;
    const _id = before?._id ?? record.code;
    const offered = (before?.halls ?? []).some(({ bookable }) => bookable);
    writes.push({
      updateOne: {
        filter: { _id },
        update: {
          $set: {
            ...fields(record),
            sourceDigest: digest,
            bookable: offered,
            withdrawnAt: null,
            checkedAt: now,
            checkFailedAt: null,
            missingAtSource: false,
            updatedAt: now,
          },
          $setOnInsert: { code: record.code, topic: topicOf(record), minutes: 20, halls: [] },
        },
        upsert: true,
      },
    });
  }
  await rememberVersions(records, deliveryId, today, now);
  if (writes.length > 0) await MatterModel.collection.bulkWrite(writes as never, { ordered: false });
  return { added, changed, withdrawn };
}

const isWithdrawn = (record: MatterRecord, today: LocalDay): boolean =>
  record.operation === 'delete' || (record.cancelledOn !== null && record.cancelledOn <= today);

export const withdrawal = (_id: string, now: Date): object => ({
  updateOne: {
    filter: { _id, withdrawnAt: null },
    update: { $set: { withdrawnAt: now, withdrawalTold: false, bookable: false } },
  },
});

/** What the source decides; everything else of a matter is the hall's own. */
const fields = (record: MatterRecord): Partial<Matter> => ({
  name: record.name,
  department: record.department,
  audiences: [...record.audiences],
  typeLabel: record.typeLabel,
  legalTime: timeText(record.legalTime),
  promisedTime: timeText(record.promisedTime),
  feeLabel: feeText(record.fees),
  conditions: record.conditions,
  materials: record.materials,
  steps: record.steps.map((name) => ({ name, text: '' })),
  laws: record.laws,
  questions: record.questions,
  phone: record.phone,
  limits: { legal: record.legalTime, promised: record.promisedTime },
  fees: record.fees,
  type: record.type,
  address: record.address,
  openingHours: record.openingHours,
  situations: record.situations,
  sourceVersion: record.version,
  doubts: record.doubts,
  proofs: record.proofs,
});

async function rememberVersions(
  records: readonly MatterRecord[],
  deliveryId: string,
  today: LocalDay,
  now: Date,
): Promise<void> {
  const writes = records
    .filter(({ operation }) => operation === 'upsert')
    .map((record) => {
      const waits = record.effectiveOn !== null && record.effectiveOn > today;
      return {
        updateOne: {
          filter: { _id: `${record.code}/${record.version}/${fingerprint(record)}` },
          update: {
            $setOnInsert: {
              code: record.code,
              version: record.version,
              record,
              deliveryId,
              effectiveOn: record.effectiveOn ?? record.cancelledOn,
              seenAt: now,
              appliedAt: waits ? null : now,
            },
          },
          upsert: true,
        },
      };
    });
  if (writes.length > 0) await MatterVersionModel.collection.bulkWrite(writes as never, { ordered: false });
}
