import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import demo from './demo/people.json' with { type: 'json' };
import { PersonModel, type StoredPerson } from './model.ts';
import { openPersonalData, sealIdentity } from './personalData.ts';

export type DemoCitizen = 'wang' | 'chen' | 'li' | 'he' | 'zhang' | 'huang' | 'liang' | 'zhou';

/** The id a demo citizen has when the seed made the record. */
export const demoPersonId = (citizen: DemoCitizen): string => `demo-${citizen}`;

/**
 * Loads the demo citizens that are not there yet; those who are keep what they did since (an identity unbound, senior mode).
 * 何小雨 is known to WeChat but has not bound an identity.
 */
export async function seedPeople(options: {
  readonly now: Date;
  readonly fieldCipher?: FieldCipher;
}): Promise<void> {
  const { now, fieldCipher } = options;
  if (fieldCipher) openPersonalData(fieldCipher);
  const known = await PersonModel.find({ unionid: { $in: demo.map(({ unionid }) => unionid) } })
    .select('unionid')
    .lean<Pick<StoredPerson, '_id' | 'unionid'>[]>();
  const missing = demo.filter(({ unionid }) => !known.some((each) => each.unionid === unionid));
  for (const each of missing) {
    const _id = demoPersonId(each.id as DemoCitizen);
    const { unionid, follower, seniorMode, level, enterprise } = each;
    const identity =
      each.identity &&
      sealIdentity(_id, { ...each.identity, idType: '10', version: '1.0' }, { boundAt: now, checkedAt: now });
    const person: StoredPerson = {
      _id,
      unionid,
      officialAccountOpenid: each.officialAccount,
      miniProgramOpenid: each.miniProgram,
      follower,
      seniorMode,
      level,
      identity,
      enterprise: enterprise && { ...enterprise, level: 2, boundAt: now },
      formerCode: null,
      mergedInto: null,
      createdAt: now,
    };
    // The id may be taken by a record that lost its WeChat since; then the citizen is simply new at the next sign-in.
    await PersonModel.updateOne({ _id }, { $setOnInsert: person }, { upsert: true });
  }
}
