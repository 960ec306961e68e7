import { personOf } from './findPerson.ts';
import { PersonModel, type StoredPerson } from './model.ts';

/** Masked names (「王*明」) by openid in the official account; who has not been here is left out. For a page at a time. */
export async function namesOfOpenids(openids: readonly string[]): Promise<Map<string, string>> {
  const stored = await PersonModel.find({ officialAccountOpenid: { $in: openids } }).lean<StoredPerson[]>();
  return new Map(stored.map((each) => [each.officialAccountOpenid!, personOf(each).displayName]));
}
