import type { AddressInfo } from 'node:net';
import test from 'ava';
import { createApp } from '../../app.ts';
import { TestClock } from '../../kernel/clock.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { useDatabase } from '../../testing/database.ts';
import { staffActRecorder } from '../audit/recordStaffAct.ts';
import { auditRoutes } from '../audit/routes.ts';
import { addStaff } from './addStaff.ts';
import type { Role } from './contract.ts';
import { StaffSessionModel } from './model.ts';
import { staffRoutes } from './routes.ts';
import { staffResolver } from './sessions.ts';
import { signIn } from './signIn.ts';

useDatabase(test);

const clock = new TestClock(new Date('2026-11-25T01:00:00Z'));
const idleMs = 15 * 60_000;
const password = 'Right-password-1';
let url = '';
let stop: () => void;
/** Whom the next request comes from: a member by role, or nobody's stand-in: the real session resolver. */
let asking: StaffMember | null = null;

test.before('the routes on the database', async () => {
  const bySession = staffResolver(clock, idleMs);
  const app = createApp({
    clock,
    routes: [...staffRoutes({ clock, idleMs, secureCookie: false }), ...auditRoutes()],
    citizenOf: async () => undefined,
    staffOf: async (ctx) => asking ?? (await bySession(ctx)),
    staffActed: staffActRecorder(clock),
    ready: async () => true,
    rateFactor: 1000,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => server.close();
});
test.after.always(() => stop?.());

const as = (role: Role, staffId = 'S-admin'): void => {
  asking = { staffId, name: '甲', roles: [role], hallIds: [] };
};
interface Body {
  error?: { id: string };
  id?: string;
  accounts?: { username: string; isMe: boolean; disabled: boolean }[];
  rows?: {
    act: string;
    actLabel: string;
    actor: { name: string };
    result: string;
    facts: Record<string, unknown>;
  }[];
}
async function ask(
  method: string,
  path: string,
  body?: unknown,
  cookie = '',
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${url}/api/staff/${path}`, {
    method,
    headers: { 'content-type': 'application/json', cookie },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: answer.status === 204 ? {} : ((await answer.json()) as Body) };
}
const account = (username: string, roles: Role[] = ['publisher']) => ({
  username,
  name: '乙',
  password,
  roles,
});
const enter = async (username: string, typed = password): Promise<string> =>
  `hall_staff=${(await signIn({ username, password: typed, oldSecret: undefined, requestId: 'r' }, { clock, idleMs })).secret}`;

test.serial(
  'only administrators change accounts; auditors see them and the ledger, nobody else does',
  async (t) => {
    for (const [role, list, add, ledger] of [
      ['administrator', 200, 200, 403],
      ['auditor', 200, 403, 200],
      ['publisher', 403, 403, 403],
      ['hallManager', 403, 403, 403],
    ] as const) {
      as(role);
      t.is((await ask('GET', 'accounts')).status, list, role);
      t.is((await ask('POST', 'accounts', account(`made-by-${role}`))).status, add, role);
      t.is((await ask('GET', 'audit')).status, ledger, role);
    }
  },
);

test.serial('a password of an account is never answered, and each change stands in the ledger', async (t) => {
  as('administrator');
  const made = await ask('POST', 'accounts', account('ledger-one'));
  const id = made.body.id!;
  await ask('PUT', `accounts/${id}`, { name: '丙', roles: ['approver'], hallIds: [], disabled: false });
  await ask('POST', `accounts/${id}/password`, { password: 'Another-word-2' });
  t.notRegex(JSON.stringify([made.body, (await ask('GET', 'accounts')).body]), /argon2|Right-password/);
  as('auditor');
  const { rows } = (await ask('GET', `audit?subject=${id}`)).body;
  t.deepEqual(rows!.map((row) => row.actLabel).sort(), ['修改账号', '新增账号', '重设他人密码']);
  t.notRegex(JSON.stringify(rows), /乙|丙|Another-word/, 'ids only');
});

test.serial('nobody gives themselves another role, and roles that stay apart stay apart', async (t) => {
  const me = await addStaff(account('admin-two', ['administrator']));
  as('administrator', me.id);
  const change = { name: '乙', roles: ['administrator'], hallIds: [], disabled: false };
  t.is((await ask('PUT', `accounts/${me.id}`, change)).body.error?.id, 'staff.not_yourself');
  const other = await addStaff(account('other-one'));
  const both = { ...change, roles: ['administrator', 'approver'] };
  t.is((await ask('PUT', `accounts/${other.id}`, both)).body.error?.id, 'staff.roles_apart');
  t.is((await ask('PUT', 'accounts/nobody', change)).body.error?.id, 'staff.not_found');
});

test.serial('who loses a role or the account is signed out at once', async (t) => {
  const { id } = await addStaff(account('loser-one', ['publisher', 'hallManager']));
  const cookie = await enter('loser-one');
  asking = null;
  t.is((await ask('GET', 'me', undefined, cookie)).status, 200);
  as('administrator');
  await ask('PUT', `accounts/${id}`, { name: '乙', roles: ['publisher'], hallIds: [], disabled: false });
  t.is(await StaffSessionModel.countDocuments({ staffId: id }), 0);
  asking = null;
  t.is((await ask('GET', 'me', undefined, cookie)).status, 401);
});

test.serial('one changes one’s own password with the present one, and every session ends', async (t) => {
  await addStaff(account('owner-one'));
  const cookie = await enter('owner-one');
  asking = null;
  const change = (current: string, next: string) =>
    ask('POST', 'me/password', { current, password: next }, cookie);
  t.is((await change('wrong', 'Another-word-2')).body.error?.id, 'staff.current_wrong');
  t.is((await change(password, 'short')).body.error?.id, 'staff.weak_password');
  t.is((await change(password, 'Another-word-2')).status, 204);
  t.is((await ask('GET', 'me', undefined, cookie)).status, 401);
  await t.throwsAsync(enter('owner-one'), { message: /不正确/ });
  await t.notThrowsAsync(enter('owner-one', 'Another-word-2'));
});

test.serial(
  'R10.3: what staff were refused stands in the ledger with the reason; a look leaves no row',
  async (t) => {
    as('publisher', 'S-curious');
    await ask('POST', 'accounts', account('never-made'));
    await ask('GET', 'accounts');
    as('auditor');
    const { rows } = (await ask('GET', 'audit?actor=S-curious')).body;
    t.deepEqual(
      rows!.map(({ actLabel, result, facts }) => ({ actLabel, result, facts })),
      [{ actLabel: '新增账号', result: 'refused', facts: { error: 'hall.forbidden' } }],
    );
  },
);
