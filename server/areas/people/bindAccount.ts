import type { ClientSession } from 'mongoose';
import type { IdentityAccount } from '../../government/identity/port.ts';
import { inTransaction, isDuplicateKey } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { noticeTime } from '../../kernel/localDay.ts';
import { recordAudit } from '../audit/recordAudit.ts';
import { createNotice } from '../notices/createNotice.ts';
import { peopleErrors } from './contract.ts';
import { findStored } from './findPerson.ts';
import { PersonModel, type StoredPerson } from './model.ts';
import { sealIdentity } from './personalData.ts';
import { moveSessions } from './sessions.ts';

/**
 * Binds an account of the identity platform to a person, or refreshes what is bound; answers the person's id, which is a
 * new one when the record's data belong to somebody else (unbound earlier).
 *
 * - One account is bound to one record. Bound from a second WeChat it moves there; the first WeChat is told and keeps its
 *   bookings.
 * - A WeChat that is bound to one account does not take another before unbinding: people.identity_other (409).
 * - An enterprise's account is an addition to a personal one of level 2: people.identity_not_personal (403).
 */
export async function bindAccount(personId: string, account: IdentityAccount, now: Date): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await inTransaction((session) =>
        account.kind === 'enterprise'
          ? bindEnterprise(personId, account, now, session)
          : bindPersonal(personId, account, now, session),
      );
    } catch (error) {
      // Two WeChats bound one account at the same moment: the second looks again and moves it.
      if (!isDuplicateKey(error) || attempt >= 4) throw error;
    }
  }
}

async function bindPersonal(
  personId: string,
  account: IdentityAccount,
  now: Date,
  session: ClientSession,
): Promise<string> {
  const code = account.userIdCode;
  const person = await whole(personId, session);
  if (person.identity && person.identity.code !== code) throw new HallError(peopleErrors.identityOther);
  const leaves = person.formerCode !== null && person.formerCode !== code;
  const id = leaves ? newId(now.getTime()) : person._id;
  const holder = await PersonModel.findOne({ 'identity.code': code }).session(session).lean<StoredPerson>();
  if (holder && holder._id !== id) await moveAway(holder, code, now, session);
  const identity = sealIdentity(
    id,
    {
      code,
      name: account.name,
      idType: account.idType,
      idNumber: account.idNumber,
      phone: account.phone,
      version: account.version,
    },
    { boundAt: person.identity?.boundAt ?? now, checkedAt: now },
  );
  const bound = { identity, level: account.level, formerCode: null };
  if (leaves) await leave(person, { ...bound, _id: id, createdAt: now }, session);
  else await PersonModel.updateOne({ _id: id }, { $set: bound }, { session });
  const facts = { level: account.level, before: person.level, moved: Boolean(holder && holder._id !== id) };
  await audit('people.identityBound', id, now, facts, session);
  return id;
}

async function bindEnterprise(
  personId: string,
  account: IdentityAccount,
  now: Date,
  session: ClientSession,
): Promise<string> {
  const person = await whole(personId, session);
  if (!person.identity || person.level < 2) throw new HallError(peopleErrors.identityNotPersonal);
  const enterprise = { name: account.name, code: account.idNumber, level: account.level, boundAt: now };
  await PersonModel.updateOne({ _id: person._id }, { $set: { enterprise } }, { session });
  await audit('people.enterpriseBound', person._id, now, { level: account.level }, session);
  return person._id;
}

async function whole(personId: string, session: ClientSession): Promise<StoredPerson> {
  const current = await findStored(personId);
  const person = current && (await PersonModel.findById(current._id).session(session).lean<StoredPerson>());
  if (!person) throw new HallError(hallErrors.signInNeeded);
  return person;
}

/** The WeChat gets a record of its own; what was done under the other identity stays behind with it. */
async function leave(
  person: StoredPerson,
  own: Pick<StoredPerson, '_id' | 'identity' | 'level' | 'formerCode' | 'createdAt'>,
  session: ClientSession,
): Promise<void> {
  await PersonModel.updateOne(
    { _id: person._id },
    { $set: { unionid: null, officialAccountOpenid: null, miniProgramOpenid: null, follower: false } },
    { session },
  );
  await PersonModel.create([{ ...person, ...own, enterprise: null }], { session });
  await moveSessions(person._id, own._id, session);
}

async function moveAway(
  holder: StoredPerson,
  code: string,
  now: Date,
  session: ClientSession,
): Promise<void> {
  await PersonModel.updateOne(
    { _id: holder._id },
    { $set: { identity: null, enterprise: null, level: 0, formerCode: code } },
    { session },
  );
  await audit('people.identityMovedAway', holder._id, now, {}, session);
  await createNotice(
    {
      key: `${holder._id}:service.announcement:identityMoved:${now.getTime()}`,
      personId: holder._id,
      kind: 'service.announcement',
      values: {
        subject: '您的实名身份已改绑其他微信',
        scope: '本微信的实名认证',
        time: noticeTime(now),
        tip: '如非本人操作请拨打12345',
      },
      page: 'packages/people/realName/index',
      at: now,
    },
    session,
  );
}

const audit = (
  act: string,
  personId: string,
  at: Date,
  facts: Record<string, string | number | boolean | null>,
  session: ClientSession,
): Promise<void> =>
  recordAudit(
    {
      at,
      actor: { kind: 'citizen', id: personId },
      act,
      subject: { kind: 'person', id: personId },
      result: 'ok',
      facts,
    },
    session,
  );
