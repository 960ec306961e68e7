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
