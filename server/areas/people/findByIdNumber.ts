import { findStored, type Person, personOf } from './findPerson.ts';
import { PersonModel, type StoredPerson } from './model.ts';
import { idNumberIndexOf, phoneIndexOf } from './personalData.ts';

/** Whose real-name identity has this number; null: nobody here. Finding somebody by it is to be audited by the caller. */
export async function findByIdNumber(idNumber: string): Promise<Person | null> {
  const stored = await PersonModel.findOne({
    'identity.idNumberIndex': idNumberIndexOf(idNumber),
    mergedInto: null,
  }).lean<StoredPerson>();
  return stored && personOf(stored);
}

/** The one person whose bound identity has this phone; null: nobody, or several, who cannot be told apart by it. */
export async function findByPhone(phone: string): Promise<Person | null> {
  const stored = await PersonModel.find({
    'identity.phoneIndex': phoneIndexOf(phone),
    mergedInto: null,
  })
    .limit(2)
    .lean<StoredPerson[]>();
  const whole = stored.length === 1 ? await findStored(stored[0]!._id) : null;
  return whole && personOf(whole);
}
