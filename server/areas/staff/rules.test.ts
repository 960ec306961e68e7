import test from 'ava';
import { HallError } from '../../kernel/http/hallError.ts';
import { Role } from './contract.ts';
import { permissions } from './permissions.ts';
import { can } from './policy.ts';
import { readRoles, roles } from './roles.ts';
import { countRecent, normaliseUsername, passwordProblem } from './rules.ts';

const staff = (...held: string[]) => ({
  citizen: undefined,
  staff: { staffId: 'S1', name: '甲', roles: held, hallIds: [] },
});

test('R9.4: who writes a broadcast may not approve one, and who approves may not write', (t) => {
  t.notThrows(() => can('broadcasts.write')(staff('publisher')));
  t.notThrows(() => can('broadcasts.approve')(staff('approver')));
  for (const [permission, role] of [
    ['broadcasts.approve', 'publisher'],
    ['broadcasts.write', 'approver'],
    ['broadcasts.read', 'windowClerk'],
    ['broadcasts.write', 'administrator'],
    ['bookings.read', 'nobodyKnowsThisRole'],
  ] as const) {
    const error = t.throws(
      () => can(permission)(staff(role)),
      { instanceOf: HallError },
      `${role} ${permission}`,
    );
    t.is(error.id, 'hall.forbidden');
  }
});

test('every role has a Chinese label, and every permission is held by somebody', (t) => {
  for (const role of Role.options) t.regex(roles.labelOf(role), /^[一-龥]+$/);
  t.deepEqual(roles.permissionsOf(Role.options), [...permissions]);
});

test('administrator, publisher, approver and auditor stay apart', (t) => {
  t.is(roles.conflictOf(['publisher', 'hallManager']), null);
  t.deepEqual(roles.conflictOf(['publisher', 'administrator']), ['administrator', 'publisher']);
  t.deepEqual(roles.conflictOf(['auditor', 'administrator']), ['administrator', 'auditor']);
});

test('a role table with an unknown permission, a missing or a doubled role is refused at start', (t) => {
  const role = (id: string, may = ['bookings.read']) => ({ id, label: '角色', may });
  const all = Role.options.map((id) => role(id));
  const text = (list: unknown[]): string => JSON.stringify({ version: 1, roles: list, apart: [] });
  t.notThrows(() => readRoles(text(all)));
  t.throws(() => readRoles(text(all.slice(1))), { message: /missing/ });
  t.throws(() => readRoles(text([...all, all[0]])), { message: /twice/ });
  t.throws(() => readRoles(text([role('windowClerk', ['everything']), ...all.slice(1)])));
});

test('failures count for 15 minutes, not a millisecond longer', (t) => {
  const at = new Date('2026-11-25T01:00:00Z');
  const after = (ms: number): Date => new Date(at.getTime() + ms);
  t.is(countRecent([at], after(15 * 60_000 - 1)), 1);
  t.is(countRecent([at], after(15 * 60_000)), 0);
});

test('names differ neither in case nor in width', (t) => {
  t.is(normaliseUsername(' ＣｈｅｎWen '), 'chenwen');
});

test('a password has ten characters of three classes, and not the name in it', (t) => {
  t.is(passwordProblem('zengcheng-demo-2026', 'chenwen'), null);
  t.regex(passwordProblem('Ab1-Ab1-A', 'chenwen') ?? '', /10 位/);
  t.regex(passwordProblem('abcdefghij12', 'chenwen') ?? '', /三种/);
  t.regex(passwordProblem('ChenWen-2026', 'chenwen') ?? '', /用户名/);
});
