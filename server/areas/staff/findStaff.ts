import { type Staff, StaffModel, type StoredStaff } from './model.ts';

/** A stored account without its password hash. */
export function staffOf({ _id, passwordHash: _, ...rest }: StoredStaff): Staff {
  return { id: _id, ...rest };
}

/** A member of staff by id, or null; `personId` is the WeChat they bound for previews. */
export async function findStaff(id: string): Promise<Staff | null> {
  const stored = await StaffModel.findById(id).lean<StoredStaff>();
  return stored && staffOf(stored);
}

/** Names of staff by their ids, also of those who left. */
export async function staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await StaffModel.find({ _id: { $in: [...ids] } })
    .select('name')
    .lean<Pick<StoredStaff, '_id' | 'name'>[]>();
  return new Map(found.map((each) => [each._id, each.name]));
}
