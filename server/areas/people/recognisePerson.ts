import { isDuplicateKey } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { type OpenidKind, openidFields } from './findPerson.ts';
import { mergePeople } from './mergePeople.ts';
import { PersonModel, type StoredPerson } from './model.ts';

/** What WeChat said about who is here. */
export interface Recognised {
  readonly kind: OpenidKind;
  readonly openid: string;
  readonly unionid: string | null;
  /** Follows the official account; undefined when this sign-in does not tell. */
  readonly follower?: boolean | undefined;
}

const tries = 8;

/**
 * The person behind a WeChat sign-in, made when new. Mini-program and official account know one person by two openids; the
 * unionid ties them, whichever comes first, and two records that turn out to be one are merged (`mergePeople.ts`).
 * Any number of sign-ins may run at once: unique indexes decide, and the loser looks again.
 */
export async function recognisePerson(who: Recognised, now: Date): Promise<StoredPerson> {
  const field = openidFields[who.kind];
  for (let attempt = 0; attempt < tries; attempt++) {
    const [byOpenid, byUnion] = await Promise.all([
      PersonModel.findOne({ [field]: who.openid }).lean<StoredPerson>(),
      who.unionid ? PersonModel.findOne({ unionid: who.unionid }).lean<StoredPerson>() : null,
    ]);
    try {
      if (byOpenid && byUnion && byOpenid._id !== byUnion._id) {
        await mergePeople(byUnion._id, byOpenid._id);
        continue;
      }
      const known = byUnion ?? byOpenid;
      const person = known ? await complete(known, who) : await create(who, now);
      if (person) return person;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  throw new Error('a person could not be settled: too many sign-ins of one WeChat user at once');
}

/** Writes what is new about a known person; null when somebody else changed the record meanwhile. */
async function complete(known: StoredPerson, who: Recognised): Promise<StoredPerson | null> {
  const field = openidFields[who.kind];
  const news: Record<string, unknown> = {};
  if (known[field] !== who.openid) news[field] = who.openid;
  if (who.unionid && known.unionid !== who.unionid) news['unionid'] = who.unionid;
  if (who.follower !== undefined && known.follower !== who.follower) news['follower'] = who.follower;
  if (Object.keys(news).length === 0) return known;
  return PersonModel.findOneAndUpdate(
    { _id: known._id, [field]: known[field], unionid: known.unionid },
    { $set: news },
    { returnDocument: 'after' },
  ).lean<StoredPerson>();
}

async function create(who: Recognised, now: Date): Promise<StoredPerson> {
  const person: StoredPerson = {
    _id: newId(now.getTime()),
    unionid: who.unionid,
    officialAccountOpenid: null,
    miniProgramOpenid: null,
    follower: who.follower ?? false,
    seniorMode: false,
    level: 0,
    identity: null,
    enterprise: null,
    formerCode: null,
    mergedInto: null,
    createdAt: now,
    [openidFields[who.kind]]: who.openid,
  };
  await PersonModel.create([person]);
  return person;
}
