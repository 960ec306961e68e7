import { StaffModel, type StoredStaff } from './model.ts';
import type { Permission } from './permissions.ts';
import { mayDo } from './policy.ts';

/** Staff in office who may do it in a hall (those without halls of their own work in all), by name. */
export async function staffWhoMay(
  permission: Permission,
  hallId: string,
): Promise<{ id: string; name: string }[]> {
  const rows = await StaffModel.find({ disabled: { $ne: true } })
    .sort({ name: 1 })
    .lean<StoredStaff[]>();
  return rows
    .filter((each) => mayDo(each, permission) && (each.hallIds.length === 0 || each.hallIds.includes(hallId)))
    .map((each) => ({ id: each._id, name: each.name }));
}
