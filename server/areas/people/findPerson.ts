import { maskName } from '../../kernel/identifiers/personName.ts';
import { maskPhone } from '../../kernel/identifiers/phone.ts';
import { PersonModel, type StoredPerson } from './model.ts';
import { openIdentity } from './personalData.ts';

/** A citizen as the other areas know one. `name` and `phone` are personal data: never log them, never send them out unmasked. */
export interface Person {
  readonly id: string;
  /** Real-name level, 0–3. */
  readonly level: number;
  readonly name: string | null;
  /** 「王*明」, or 「微信用户」 for somebody not real-named. */
  readonly displayName: string;
  readonly idNumber: string | null;
  /** 10 身份证, 20 护照 …, as the identity platform counts; null when not real-named. */
  readonly idType: string | null;
  readonly phone: string | null;
  readonly phoneMasked: string | null;
  readonly unionid: string | null;
  readonly openids: { readonly officialAccount?: string; readonly miniProgram?: string };
  readonly follower: boolean;
  readonly seniorMode: boolean;
  readonly enterprise: { readonly name: string; readonly code: string } | null;
}

export function personOf(stored: StoredPerson): Person {
  const plain = stored.identity && openIdentity(stored._id, stored.identity);
  const { officialAccountOpenid, miniProgramOpenid, enterprise } = stored;
  return {
    id: stored._id,
    level: stored.level,
    name: plain?.name ?? null,
    displayName: plain ? maskName(plain.name) : '微信用户',
    idNumber: plain?.idNumber ?? null,
    idType: plain?.idType ?? null,
    phone: plain?.phone ?? null,
    phoneMasked: plain?.phone ? maskPhone(plain.phone) : null,
    unionid: stored.unionid,
    openids: {
      ...(officialAccountOpenid && { officialAccount: officialAccountOpenid }),
      ...(miniProgramOpenid && { miniProgram: miniProgramOpenid }),
    },
    follower: stored.follower,
    seniorMode: stored.seniorMode,
    enterprise: enterprise && { name: enterprise.name, code: enterprise.code },
  };
}

/** One person, or null. The id of a merged half leads to the whole. */
export async function findPerson(personId: string): Promise<Person | null> {
  const stored = await findStored(personId);
  return stored && personOf(stored);
}

export async function findStored(personId: string): Promise<StoredPerson | null> {
  let stored = await PersonModel.findById(personId).lean<StoredPerson>();
  for (let hops = 0; stored?.mergedInto && hops < 5; hops++) {
    stored = await PersonModel.findById(stored.mergedInto).lean<StoredPerson>();
  }
  return stored;
}

/** Those of the ids that exist, in no order. */
export async function findPeople(personIds: readonly string[]): Promise<Person[]> {
  const stored = await PersonModel.find({ _id: { $in: personIds } }).lean<StoredPerson[]>();
  const whole = await Promise.all(
    stored.map((each) => (each.mergedInto ? findStored(each.mergedInto) : Promise.resolve(each))),
  );
  return whole.flatMap((each) => (each ? [personOf(each)] : []));
}

export const openidFields = {
  officialAccount: 'officialAccountOpenid',
  miniProgram: 'miniProgramOpenid',
} as const;
export type OpenidKind = keyof typeof openidFields;

export async function findPersonByOpenid(kind: OpenidKind, openid: string): Promise<Person | null> {
  const stored = await PersonModel.findOne({ [openidFields[kind]]: openid }).lean<StoredPerson>();
  return stored && personOf(stored);
}
