import type { Clock } from '../../kernel/clock.ts';
import { type Route, route } from '../../kernel/http/route.ts';
import { recordAudit } from '../audit/recordAudit.ts';
import { addStaff } from './addStaff.ts';
import { changeAccount, changeOwnPassword, resetPassword } from './changeAccount.ts';
import {
  Account,
  AccountChange,
  AccountList,
  AccountParams,
  NewAccount,
  PasswordChange,
  PasswordReset,
} from './contract.ts';
import { staffOf } from './findStaff.ts';
import { type Staff, StaffModel, type StoredStaff } from './model.ts';
import { anyStaff, can } from './policy.ts';
import { presentAccount } from './present.ts';
import { roles } from './roles.ts';

const read = { limit: 'read', signIn: 'staff', may: can('staff.read') } as const;
const write = { limit: 'write', signIn: 'staff', may: can('staff.write') } as const;

/** The accounts of the hall: added, changed, closed. Every change is a row of the audit ledger. */
export function accountRoutes({ clock }: { readonly clock: Clock }): readonly Route[] {
  const audit = (by: string, act: string, id: string, requestId: string, facts = {}): Promise<void> =>
    recordAudit({
      at: clock.now(),
      actor: { kind: 'staff', id: by },
      act,
      subject: { kind: 'staff', id },
      result: 'ok',
      facts,
      requestId,
    });
  return [
    route('GET', '/api/staff/accounts', { ...read, answer: AccountList }, async ({ staff }) => {
      const found = await StaffModel.find().sort({ disabled: 1, username: 1 }).lean<StoredStaff[]>();
      const accounts: Staff[] = found.map(staffOf);
      return { accounts: accounts.map((each) => presentAccount(each, staff.staffId)), roles: roles.all };
    }),

    /** 400 `staff.weak_password`, 409 `staff.name_taken`, `staff.roles_apart`. */
    route(
      'POST',
      '/api/staff/accounts',
      { ...write, body: NewAccount, answer: Account },
      async ({ body, staff, requestId }) => {
        const added = await addStaff(body);
        await audit(staff.staffId, 'staff.added', added.id, requestId, { roles: body.roles.join(' ') });
        return presentAccount(added, staff.staffId);
      },
    ),

    /** 403 `staff.not_yourself`, 404 `staff.not_found`, 409 `staff.roles_apart`. */
    route(
      'PUT',
      '/api/staff/accounts/:id',
      { ...write, params: AccountParams, body: AccountChange, answer: 'nothing' },
      async ({ params, body, staff, requestId }) => {
        await changeAccount(params.id, staff.staffId, body);
        const facts = { roles: body.roles.join(' '), disabled: body.disabled };
        await audit(staff.staffId, 'staff.changed', params.id, requestId, facts);
      },
    ),

    /** 400 `staff.weak_password`, 404 `staff.not_found`. */
    route(
      'POST',
      '/api/staff/accounts/:id/password',
      { ...write, limit: 'guess', params: AccountParams, body: PasswordReset, answer: 'nothing' },
      async ({ params, body, staff, requestId }) => {
        await resetPassword(params.id, body.password);
        await audit(staff.staffId, 'staff.passwordReset', params.id, requestId);
      },
    ),

    /** 400 `staff.current_wrong`, `staff.weak_password`. The asking session ends too: sign in with the new one. */
    route(
      'POST',
      '/api/staff/me/password',
      { limit: 'guess', signIn: 'staff', may: anyStaff, body: PasswordChange, answer: 'nothing' },
      async ({ body, staff, requestId }) => {
        await changeOwnPassword(staff.staffId, body.current, body.password);
        await audit(staff.staffId, 'staff.passwordChanged', staff.staffId, requestId);
      },
    ),
  ];
}
