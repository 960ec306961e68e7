import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import type { Policy, StaffMember } from '../../kernel/http/route.ts';
import type { Permission } from './permissions.ts';
import { roles } from './roles.ts';

/** May this member of staff do it, by the roles they hold? */
export const mayDo = (staff: Pick<StaffMember, 'roles'>, permission: Permission): boolean =>
  roles.permissionsOf(staff.roles).includes(permission);

/** `may: can('broadcasts.approve')`: the route is open to staff whose roles include it. Error: 403 hall.forbidden. */
export function can(permission: Permission): Policy<'staff'> {
  return ({ staff }) => {
    if (!mayDo(staff, permission)) throw new HallError(hallErrors.forbidden);
  };
}

/** Open to every member of staff who is signed in. */
export const anyStaff: Policy<'staff'> = () => {};
