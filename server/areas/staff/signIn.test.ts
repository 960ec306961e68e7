import type { AddressInfo } from 'node:net';
import test from 'ava';
import { createApp } from '../../app.ts';
import { TestClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { AuditModel, type AuditRow } from '../audit/model.ts';
import { seedHalls } from '../halls/seed.ts';
import { addStaff } from './addStaff.ts';
import { demoPassword, demoStaff } from './demo/demoStaff.ts';
import { StaffModel, StaffSessionModel, type StoredStaff } from './model.ts';
import { staffRoutes } from './routes.ts';
import { seedStaff } from './seed.ts';
import { backgroundHeader, staffResolver } from './sessions.ts';

useDatabase(test);

const idleMs = 15 * 60_000;
const password = 'Right-password-1';
const clock = new TestClock(new Date('2026-11-25T01:00:00Z'));
let url = '';
let stop: () => void;

test.before('two processes would share the database; the app here is one of them', async () => {
  await seedHalls();
  const app = createApp({
    clock,
    routes: staffRoutes({ clock, idleMs, secureCookie: false }),
    citizenOf: async () => undefined,
    staffOf: staffResolver(clock, idleMs),
    ready: async () => true,
    rateFactor: 1000,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => server.close();
});
test.after.always(() => stop?.());

let made = 0;
const newAccount = async (): Promise<string> => {
  made += 1;
  const { username } = await addStaff({
    username: `person${made}x`,
    name: '甲',
    password,
    roles: ['publisher'],
  });
  return username;
};

interface Answer {
  status: number;
  cookie: string;
  setCookie: string;
  body: { error?: { id: string }; name?: string; permissions?: string[]; hall?: { id: string } | null };
}
async function signIn(username: string, typed: string, cookie = ''): Promise<Answer> {
  const answer = await fetch(`${url}/api/staff/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ username, password: typed }),
  });
  const setCookie = answer.headers.get('set-cookie') ?? '';
  return {
    status: answer.status,
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
    body: (await answer.json()) as Answer['body'],
  };
}
const me = async (cookie: string, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(`${url}/api/staff/me`, { headers: { cookie, ...headers } })).status;
const auditActs = async (username: string): Promise<string[]> => {
  const account = await StaffModel.findOne({ username }).lean<StoredStaff>();
  const rows = await AuditModel.find({ 'actor.id': account!._id }).lean<AuditRow[]>();
  return rows.map((row) => `${row.act} ${row.result}`).sort();
};

test.serial('the right password opens a session in a cookie no script can read', async (t) => {
  const username = await newAccount();
  const answer = await signIn(username.toUpperCase(), password);
  t.is(answer.status, 200);
  t.regex(answer.setCookie, /^hall_staff=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  t.true(answer.body.permissions?.includes('broadcasts.write'));
  t.is(await me(answer.cookie), 200);
  t.is(await me(`${answer.cookie}x`), 401);
  t.is(await me(''), 401);
  t.deepEqual(await auditActs(username), ['staff.signedIn ok']);
});

test.serial('neither the password nor the session secret is stored', async (t) => {
  const username = await newAccount();
  const { cookie } = await signIn(username, password);
  const secret = cookie.split('=')[1]!;
  const account = await StaffModel.findOne({ username }).lean();
  t.regex(account?.passwordHash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const rows = JSON.stringify([
    await StaffSessionModel.find().lean(),
    await AuditModel.find().lean(),
    account,
  ]);
  t.false(rows.includes(secret));
  t.false(rows.includes(password));
});

test.serial('a session that was there before sign-in is dead after it', async (t) => {
  const username = await newAccount();
  const before = await signIn(username, password);
  const after = await signIn(username, password, before.cookie);
  t.not(after.cookie, before.cookie);
  t.is(await me(before.cookie), 401);
  t.is(await me(after.cookie), 200);
});

test.serial('signing out ends the session on the server, not only in the browser', async (t) => {
  const username = await newAccount();
  const { cookie } = await signIn(username, password);
  const out = await fetch(`${url}/api/staff/sign-out`, { method: 'POST', headers: { cookie } });
  t.is(out.status, 204);
  t.regex(out.headers.get('set-cookie') ?? '', /Max-Age=0/);
  t.is(await me(cookie), 401);
  t.deepEqual(await auditActs(username), ['staff.signedIn ok', 'staff.signedOut ok']);
});

test.serial('an idle session ends; use keeps it; a page that polls does not; 12 hours end any', async (t) => {
  const username = await newAccount();
  const used = await signIn(username, password);
  const polled = await signIn(username, password);
  for (let passed = 0; passed < 3; passed++) {
    clock.forward(14 * 60_000);
    t.is(await me(used.cookie), 200, 'used');
    const background = await me(polled.cookie, { [backgroundHeader]: '1' });
    t.is(background, passed === 0 ? 200 : 401, 'polled');
  }
  for (let passed = 42; passed < 12 * 60 - 14; passed += 14) {
    clock.forward(14 * 60_000);
    t.is(await me(used.cookie), 200);
  }
  clock.forward(14 * 60_000);
  t.is(await me(used.cookie), 401, 'after 12 hours');
});

test.serial('five failures in 15 minutes lock the account for 30, also for the right password', async (t) => {
  const username = await newAccount();
  for (let i = 1; i <= 4; i++) t.is((await signIn(username, 'wrong')).body.error?.id, 'staff.wrong_password');
  t.is((await signIn(username, 'wrong')).body.error?.id, 'staff.locked');
  const right = await signIn(username, password);
  t.is(right.status, 423);
  t.is(right.setCookie, '');
  clock.forward(30 * 60_000 - 1);
  t.is((await signIn(username, password)).status, 423);
  clock.forward(1);
  t.is((await signIn(username, password)).status, 200);
  const acts = await auditActs(username);
  t.is(acts.filter((each) => each === 'staff.locked ok').length, 1);
  t.is(acts.filter((each) => each === 'staff.signInRefused refused').length, 7);
});

test.serial('failures further apart than 15 minutes do not add up, and success clears them', async (t) => {
  const username = await newAccount();
  for (let i = 0; i < 8; i++) {
    t.is((await signIn(username, 'wrong')).status, 401);
    clock.forward(4 * 60_000);
  }
  for (let i = 0; i < 2; i++) {
    clock.forward(15 * 60_000);
    for (let n = 0; n < 4; n++) t.is((await signIn(username, 'wrong')).status, 401);
    t.is((await signIn(username, password)).status, 200);
  }
});

test.serial('an unknown name is answered and locked exactly like a known one', async (t) => {
  const known = await newAccount();
  const seen: Record<string, string[]> = { [known]: [], 'nobody-here': [] };
  for (const username of Object.keys(seen)) {
    for (let i = 0; i < 6; i++) {
      const { status, body } = await signIn(username, 'wrong');
      seen[username]!.push(`${status} ${body.error?.id}`);
    }
  }
  t.deepEqual(seen[known], seen['nobody-here']);
});

test.serial('forty guesses at once are still five', async (t) => {
  const username = await newAccount();
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => signIn(username, `wrong${i}`)));
  t.is(answers.filter((each) => each.status === 200).length, 0);
  t.true(answers.filter((each) => each.status === 401).length <= 5);
  t.is((await signIn(username, password)).status, 423);
});

test.serial('a disabled account cannot sign in, and its open session ends', async (t) => {
  const username = await newAccount();
  const { cookie } = await signIn(username, password);
  await StaffModel.updateOne({ username }, { $set: { disabled: true } });
  t.is(await me(cookie), 401);
  t.is((await signIn(username, password)).body.error?.id, 'staff.wrong_password');
});

test.serial('weak passwords, taken names and roles that must stay apart are refused', async (t) => {
  const taken = await newAccount();
  const base = { name: '乙', password, roles: ['publisher'] } as const;
  for (const [input, id] of [
    [{ ...base, username: 'another', password: 'short' }, 'staff.weak_password'],
    [{ ...base, username: taken.toUpperCase() }, 'staff.name_taken'],
    [{ ...base, username: 'another', roles: ['publisher', 'administrator'] }, 'staff.roles_apart'],
  ] as const) {
    t.like(await t.throwsAsync(addStaff(input)), { id });
  }
});

test.serial('the demo accounts load twice without harm and keep a changed password', async (t) => {
  const bound: Record<string, string> = { wang: 'P-wang', chen: 'P-chen' };
  const find = async (citizen: string): Promise<string | null> => bound[citizen] ?? null;
  await seedStaff(find);
  const { passwordHash } = (await StaffModel.findOne({ username: await newAccount() }).lean())!;
  await StaffModel.updateOne({ username: 'huangwei' }, { $set: { passwordHash } });
  await seedStaff(find);
  t.is(await StaffModel.countDocuments({ _id: { $in: demoStaff.map((each) => each.id) } }), demoStaff.length);
  t.is((await signIn('chenwen', demoPassword)).body.name, '陈文');
  const clerk = await signIn('huangwei', password);
  t.is(clerk.body.hall?.id, 'district');
  t.is((await StaffModel.findOne({ username: 'linjing' }).lean())?.personId, 'P-chen');
});
