import { z } from 'zod';
import { GovernmentError } from '../kit/governmentError.ts';
import type { IdentityAccount, IdentityLevel, IdentityWay } from './port.ts';

/** Texts may come as numbers, "-1" means nothing, and what is not listed here is not ours to judge. */
const text = z.union([z.string(), z.number()]).transform(String);
const optionalText = text
  .nullish()
  .transform((value) =>
    value === undefined || value === null || value === '' || value === '-1' ? null : value,
  );

const Answer = z.object({
  userobj: z.object({
    uid: text,
    cn: text,
    usertype: text,
    idcardtype: text,
    idcardnumber: text,
    telephonenumber: optionalText,
    isreal: optionalText,
    useridcode: text.refine((value) => value.length > 0),
    link_person_name: optionalText,
    extproperties: z.array(z.string()).nullish(),
    creditable_level_of_account: optionalText,
    creditable_level_of_account_way: optionalText,
  }),
  user_creditable_level: z
    .object({
      creditable_level_of_account: optionalText,
      creditable_level_of_account_way_list: z
        .array(z.object({ way_code: optionalText, identity_level: optionalText }))
        .nullish(),
    })
    .nullish(),
});

const newNames: Record<string, IdentityLevel> = { 二级: 0, 三级: 1, 四级: 2, 五级: 3 };

/** Both labellings: 「L2」 and 「四级」, also 「四级(L2)」. Null for anything else. */
export function levelFrom(label: string | null): IdentityLevel | null {
  const old = /L([0-3])/i.exec(label ?? '');
  if (old) return Number(old[1]) as IdentityLevel;
  const name = /[二三四五]级/.exec(label ?? '')?.[0];
  return name === undefined ? null : newNames[name]!;
}

/** `["address=路1号=A座", "legal_code=-1"]`: only the first "=" separates. */
export function extraFrom(properties: readonly string[]): Record<string, string> {
  const pairs = properties.flatMap((property): [string, string][] => {
    const at = property.indexOf('=');
    const value = property.slice(at + 1);
    return at <= 0 || value === '-1' ? [] : [[property.slice(0, at), value]];
  });
  return Object.fromEntries(pairs);
}

/** `"L2@YSS@…||L0@IDV@…"`; what stands behind the second "@" is an id and is dropped. */
export function waysFrom(chain: string | null): IdentityWay[] {
  return (chain ?? '').split('||').flatMap((entry) => {
    const [label = '', code = ''] = entry.split('@');
    const level = levelFrom(label);
    return level === null || code === '' ? [] : [{ code, level }];
  });
}

/** The platform's answer as the hall understands it. Throws GovernmentError `down` when it makes no sense. */
export function accountFrom(answer: unknown): IdentityAccount {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).slice(0, 5);
    throw new GovernmentError('identity', 'down', `the user information lacks ${fields.join(', ')}`, {
      code: 'shape',
    });
  }
  const { userobj: user, user_creditable_level: credit } = parsed.data;
  const list = (credit?.creditable_level_of_account_way_list ?? []).flatMap((way) => {
    const level = levelFrom(way.identity_level);
    return level === null || way.way_code === null ? [] : [{ code: way.way_code, level }];
  });
  const ways = list.length > 0 ? list : waysFrom(user.creditable_level_of_account_way);
  const extra = extraFrom(user.extproperties ?? []);
  return {
    userIdCode: user.useridcode,
    uid: user.uid,
    kind: user.usertype === '2' ? 'enterprise' : 'personal',
    name: user.cn,
    idType: user.idcardtype,
    idNumber: user.idcardnumber.toUpperCase(),
    phone: user.telephonenumber,
    level: levelOf(user, credit?.creditable_level_of_account ?? null),
    ways,
    version: extra['uversion'] ?? null,
    extra,
    operator: user.link_person_name,
  };
}

/** The platform's label counts; without one, `isreal` says whether the name was checked at all (三级, L1). */
function levelOf(
  user: { creditable_level_of_account: string | null; isreal: string | null },
  credit: string | null,
): IdentityLevel {
  return levelFrom(user.creditable_level_of_account) ?? levelFrom(credit) ?? (user.isreal === 'true' ? 1 : 0);
}
