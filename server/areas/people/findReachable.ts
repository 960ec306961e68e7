import { findStored } from './findPerson.ts';
import { PersonModel, type StoredPerson } from './model.ts';
import { phoneIndexOf } from './personalData.ts';

/** Whom a message of the official account can reach, without opening any personal data. */
export interface Reach {
  readonly personId: string;
  /** The openid in the official account; null for those who do not follow it. */
  readonly openid: string | null;
}

const fields = '_id follower officialAccountOpenid mergedInto identity.phoneIndex';

async function wholeOf(stored: StoredPerson): Promise<Reach> {
  const whole = stored.mergedInto ? ((await findStored(stored._id)) ?? stored) : stored;
  return { personId: whole._id, openid: whole.follower ? whole.officialAccountOpenid : null };
}

/** By person id; ids of nobody are left out. The id of a merged half leads to the whole. */
export async function reachById(personIds: readonly string[]): Promise<Map<string, Reach>> {
  const stored = await PersonModel.find({ _id: { $in: personIds } })
    .select(fields)
    .lean<StoredPerson[]>();
  return new Map(await Promise.all(stored.map(async (each) => [each._id, await wholeOf(each)] as const)));
}

/** By phone of the bound identity, through its blind index. Several people may share a phone: all of them. */
export async function reachByPhone(phones: readonly string[]): Promise<Map<string, Reach[]>> {
  const phoneOf = new Map(phones.map((phone) => [phoneIndexOf(phone), phone]));
  const stored = await PersonModel.find({
    'identity.phoneIndex': { $in: [...phoneOf.keys()] },
    mergedInto: null,
  })
    .select(fields)
    .lean<StoredPerson[]>();
  const found = new Map<string, Reach[]>();
  for (const each of stored) {
    const phone = phoneOf.get(each.identity?.phoneIndex ?? '');
    if (phone) found.set(phone, [...(found.get(phone) ?? []), await wholeOf(each)]);
  }
  return found;
}

/** By openid in the official account. */
export async function reachByOpenid(openids: readonly string[]): Promise<Map<string, Reach>> {
  const stored = await PersonModel.find({ officialAccountOpenid: { $in: openids } })
    .select(fields)
    .lean<StoredPerson[]>();
  return new Map(
    stored.map((each) => [
      each.officialAccountOpenid!,
      { personId: each._id, openid: each.follower ? each.officialAccountOpenid : null },
    ]),
  );
}
