import { HallError } from '../../kernel/http/hallError.ts';
import { type AccountChange, staffErrors } from './contract.ts';
import { StaffModel, StaffSessionModel, type StoredStaff } from './model.ts';
import { hashPassword, passwordFits } from './password.ts';
import { roles as table } from './roles.ts';
import { passwordProblem } from './rules.ts';

/**
 * Changes name, roles, halls or the door of another account. Whoever loses a role or the account is signed out at once.
 * Errors: staff.not_yourself, staff.roles_apart, staff.not_found.
 */
export async function changeAccount(id: string, by: string, change: AccountChange): Promise<void> {
  if (id === by) throw new HallError(staffErrors.notYourself);
  if (table.conflictOf(change.roles)) throw new HallError(staffErrors.rolesApart);
  const before = await StaffModel.findOneAndUpdate({ _id: id }, { $set: change }).lean<StoredStaff>();
  if (!before) throw new HallError(staffErrors.notFound);
  const lost = before.roles.some((role) => !change.roles.includes(role));
  if (lost || change.disabled) await StaffSessionModel.deleteMany({ staffId: id });
}

/** A new password by an administrator; the account is signed out. Errors: staff.not_found, staff.weak_password. */
export async function resetPassword(id: string, password: string): Promise<void> {
  const found = await StaffModel.findById(id).lean<StoredStaff>();
  if (!found) throw new HallError(staffErrors.notFound);
  await setPassword(found, password);
}

/** A new password by its owner, everywhere else signed out. Errors: staff.current_wrong, staff.weak_password. */
export async function changeOwnPassword(id: string, current: string, password: string): Promise<void> {
  const found = await StaffModel.findById(id).lean<StoredStaff>();
  if (!found || !(await passwordFits(found.passwordHash, current))) {
    throw new HallError(staffErrors.currentWrong);
  }
  await setPassword(found, password);
}

async function setPassword({ _id, username }: StoredStaff, password: string): Promise<void> {
  const weak = passwordProblem(password, username);
  if (weak) throw new HallError(staffErrors.weakPassword, { message: `${weak}，请换一个密码。` });
  await StaffModel.updateOne({ _id }, { $set: { passwordHash: await hashPassword(password) } });
  await StaffSessionModel.deleteMany({ staffId: _id });
}
