import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { type Person, personOf } from './findPerson.ts';
import { PersonModel, type StoredPerson } from './model.ts';

export async function setPreferences(
  personId: string,
  preferences: { readonly seniorMode: boolean },
): Promise<Person> {
  const after = await PersonModel.findByIdAndUpdate(
    personId,
    { $set: { seniorMode: preferences.seniorMode } },
    { returnDocument: 'after' },
  ).lean<StoredPerson>();
  if (!after) throw new HallError(hallErrors.signInNeeded);
  return personOf(after);
}
