import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { type Role, staffErrors } from './contract.ts';
import { type Staff, StaffModel } from './model.ts';
import { hashPassword } from './password.ts';
import { roles as table } from './roles.ts';
import { normaliseUsername, passwordProblem } from './rules.ts';

export interface NewStaff {
  readonly username: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly hallIds?: readonly string[];
}

/** Adds an account. Errors: staff.weak_password, staff.roles_apart, staff.name_taken. */
export async function addStaff(input: NewStaff): Promise<Staff> {
  const username = normaliseUsername(input.username);
  const weak = passwordProblem(input.password, username);
  if (weak) throw new HallError(staffErrors.weakPassword, { message: `${weak}，请换一个密码。` });
  if (table.conflictOf(input.roles)) throw new HallError(staffErrors.rolesApart);
  const staff: Staff = {
    id: newId(),
    username,
    name: input.name,
    roles: input.roles,
    hallIds: input.hallIds ?? [],
    personId: null,
    disabled: false,
  };
  const { id, ...row } = staff;
  try {
    await StaffModel.create({ _id: id, ...row, passwordHash: await hashPassword(input.password) });
  } catch (error) {
    if (isDuplicateKey(error)) throw new HallError(staffErrors.nameTaken);
    throw error;
  }
  return staff;
}
