import { findHall } from '../halls/findHall.ts';
import type { Account, StaffView } from './contract.ts';
import type { Staff } from './model.ts';
import { roles } from './roles.ts';

/** What a member of staff sees of themselves. */
export async function presentStaff(staff: Staff): Promise<StaffView> {
  const hallId = staff.hallIds[0];
  const hall = hallId === undefined ? null : await findHall(hallId);
  return {
    id: staff.id,
    username: staff.username,
    name: staff.name,
    roles: [...staff.roles],
    roleLabels: staff.roles.map(roles.labelOf),
    permissions: roles.permissionsOf(staff.roles),
    hall: hall && { id: hall.id, name: hall.name },
  };
}

/** An account for those who look after accounts; `me` is the asking person's id. */
export function presentAccount(staff: Staff, me: string): Account {
  const { id, username, name, hallIds, disabled } = staff;
  return {
    id,
    username,
    name,
    roles: [...staff.roles],
    roleLabels: staff.roles.map(roles.labelOf),
    hallIds: [...hallIds],
    disabled,
    isMe: id === me,
  };
}
