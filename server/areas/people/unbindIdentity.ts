import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { recordAudit } from '../audit/recordAudit.ts';
import { findStored, type Person, personOf } from './findPerson.ts';
import { PersonModel, type StoredPerson } from './model.ts';

/**
 * Forgets the real-name identity of a person: name, number and phone are gone, the level is 0. What was booked stays, and
 * the record remembers (by the platform's key only) whose it is, so that another identity never sees it.
 */
export async function unbindIdentity(personId: string, now: Date): Promise<Person> {
  const person = await findStored(personId);
  if (!person) throw new HallError(hallErrors.signInNeeded);
  if (!person.identity) return personOf(person);
  const after = await PersonModel.findOneAndUpdate(
    { _id: person._id, 'identity.code': person.identity.code },
    { $set: { identity: null, enterprise: null, level: 0, formerCode: person.identity.code } },
    { returnDocument: 'after' },
  ).lean<StoredPerson>();
  await recordAudit({
    at: now,
    actor: { kind: 'citizen', id: person._id },
    act: 'people.identityUnbound',
    subject: { kind: 'person', id: person._id },
    result: 'ok',
  });
  return personOf(after ?? (await findStored(person._id))!);
}
