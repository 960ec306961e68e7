import type { AddressInfo } from 'node:net';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import mongoose from 'mongoose';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import { createApp } from '../../app.ts';
import { openGates } from '../../government/gates.ts';
import { createIdentityPlatform } from '../../government/identity/client.ts';
import { systemClock, TestClock } from '../../kernel/clock.ts';
import { createFieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { anyone, route } from '../../kernel/http/route.ts';
import { useDatabase } from '../../testing/database.ts';
import { type Outside, startOutside } from '../../testing/outside.ts';
import { createMiniProgramLogin } from '../../wechat/mini-program/client.ts';
import { createWebAuthorisation } from '../../wechat/oauth/client.ts';
import { connectOfficialAccount } from '../../wechat/official-account/client.ts';
import { Transport } from '../../wechat/official-account/transport.ts';
import { NoticeModel } from '../notices/model.ts';
import type { PersonView, SignedIn } from './contract.ts';
import { findPeople, findPerson, findPersonByOpenid } from './findPerson.ts';
import { mergePeople } from './mergePeople.ts';
import { CitizenSessionModel, PersonModel } from './model.ts';
import { openPersonalData } from './personalData.ts';
import { requireLevel } from './policy.ts';
import { recognisePerson } from './recognisePerson.ts';
import { peopleRoutes } from './routes.ts';
import { demoPersonId, seedPeople } from './seed.ts';
import { citizenResolver, sessionLife } from './sessions.ts';

interface World {
  outside: Outside;
  url: string;
  clock: TestClock;
  close(): Promise<void>;
}

const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

test.before(async (t) => {
  const outside = await startOutside();
  const env = outside.environment as Record<string, string>;
  const clock = new TestClock(new Date());
  openPersonalData(createFieldCipher({ fieldKeys: [env['FIELD_KEY']!], indexKey: env['INDEX_KEY']! }));
  const gates = openGates(systemClock());
  const transport = new Transport({ base: outside.wechat.url });
  const official = { appid: env['WECHAT_OA_APPID']!, secret: env['WECHAT_OA_SECRET']! };
  const account = connectOfficialAccount({
    base: outside.wechat.url,
    ...official,
    miniProgramAppid: env['WECHAT_MP_APPID']!,
  });
  const routes = peopleRoutes({
    clock,
    publicUrl: outside.hallUrl,
    secureCookie: false,
    miniProgram: createMiniProgramLogin({
      transport,
      appid: env['WECHAT_MP_APPID']!,
      secret: env['WECHAT_MP_SECRET']!,
    }),
    webAuthorisation: createWebAuthorisation({ transport, openBase: outside.wechat.url, ...official }),
    account,
    identity: createIdentityPlatform({
      base: env['IDENTITY_BASE']!,
      clientId: env['IDENTITY_CLIENT_ID']!,
      clientSecret: env['IDENTITY_CLIENT_SECRET']!,
      gateway: { paasId: env['GATEWAY_PAAS_ID']!, token: env['GATEWAY_TOKEN']! },
      clock: systemClock(),
      gate: gates.of('identity'),
    }),
  });
  const gated = ([1, 2] as const).map((level) =>
    route(
      'GET',
      `/api/needs-${level}`,
      { limit: 'read', signIn: 'citizen', may: requireLevel(level), answer: 'nothing' },
      () => {},
    ),
  );
  const app = createApp({
    clock: systemClock(), // the rate limits; the sessions live by the test's clock
    routes: [
      ...routes,
      ...gated,
      route(
        'GET',
        '/api/open',
        { limit: 'read', signIn: 'optional', may: anyone, answer: 'nothing' },
        () => {},
      ),
    ],
    citizenOf: citizenResolver(clock),
    staffOf: async () => undefined,
    ready: async () => true,
    rateFactor: 1000,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.context = {
    outside,
    clock,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await Promise.all([account.close(), transport.close(), outside.close()]);
    },
  };
});

test.beforeEach(async (t) => {
  await Promise.all([
    PersonModel.deleteMany({}),
    CitizenSessionModel.deleteMany({}),
    NoticeModel.deleteMany({}),
  ]);
  t.context.outside.government.identity.accounts.reset();
  t.context.outside.government.setProfile('identity', {});
  t.context.clock.set(new Date());
  await seedPeople({ now: t.context.clock.now() });
});

test.after.always((t) => t.context.close?.());

type T = ExecutionContext<World>;

const call = (t: T, method: string, path: string, token?: string, body?: unknown): Promise<Response> =>
  fetch(`${t.context.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const failure = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { error: { id: string } }).error.id;

async function signIn(t: T, citizen: string, replaced?: string): Promise<SignedIn> {
  const code = t.context.outside.wechat.loginCode(citizen);
  const answer = await call(t, 'POST', '/api/sign-in/mini-program', replaced, { code });
  t.is(answer.status, 200);
  return (await answer.json()) as SignedIn;
}

const me = async (t: T, token: string): Promise<PersonView> =>
  (await (await call(t, 'GET', '/api/me', token)).json()) as PersonView;

const cookieOf = (answer: Response, name: string): string | undefined =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .find((pair) => pair.startsWith(`${name}=`));

/** Walks the page's sign-in through the stand-in; answers the session's cookie and where it ended. */
async function signInH5(
  t: T,
  citizen: string,
  to = '/h5/#/pages/me/index',
): Promise<{ cookie: string; to: string }> {
  const begun = await call(t, 'GET', `/api/sign-in/h5?to=${encodeURIComponent(to)}`);
  t.is(begun.status, 302);
  const back = await fetch(begun.headers.get('location')!, {
    redirect: 'manual',
    headers: { cookie: `phone_citizen=${citizen}` },
  });
  const callback = new URL(back.headers.get('location')!);
  t.is(callback.pathname, '/api/sign-in/h5/callback');
  const done = await fetch(`${t.context.url}${callback.pathname}${callback.search}`, {
    redirect: 'manual',
    headers: { cookie: cookieOf(begun, 'hall_oauth')! },
  });
  t.is(done.status, 302, await done.text());
  return { cookie: cookieOf(done, 'hall_session')!, to: done.headers.get('location')! };
}

/** Opens the identity platform, agrees with `uid`, and answers what the hall's callback says. */
async function authenticate(t: T, token: string, uid: string, agree = 'yes'): Promise<Response> {
  const started = await call(t, 'POST', '/api/identity/start', token, { returnTo: '/h5/#/done' });
  const { url } = (await started.json()) as { url: string };
  const page = await (await fetch(url)).text();
  t.true(page.includes('同意并登录'));
  const form = new URLSearchParams(new URL(url).searchParams);
  form.set('uid', uid);
  form.set('agree', agree);
  const agreed = await fetch(new URL('confirm', url), { method: 'POST', body: form, redirect: 'manual' });
  const callback = new URL(agreed.headers.get('location')!);
  return call(t, 'GET', `${callback.pathname}${callback.search}`);
}

test.serial('R1: the demo data of server and WeChat stand-in speak of the same people', async (t) => {
  for (const citizen of citizens) {
    const person = await findPersonByOpenid('miniProgram', citizen.openids.miniProgram);
    t.is(person?.unionid, citizen.unionid, citizen.id);
    t.is(person?.openids.officialAccount, citizen.openids.officialAccount);
    t.is(person?.follower, citizen.follows);
    if (person?.phone) t.is(person.phone, citizen.phone);
  }
  t.deepEqual(
    (await findPeople(['wang', 'he', 'zhang'].map((id) => demoPersonId(id as 'wang'))))
      .map(({ level }) => level)
      .sort(),
    [0, 1, 2],
  );
});

test.serial('the seed can run again and changes nobody', async (t) => {
  await PersonModel.updateOne({ _id: demoPersonId('wang') }, { $set: { seniorMode: true } });
  await seedPeople({ now: new Date() });
  t.is(await PersonModel.countDocuments(), citizens.length);
  t.true((await findPerson(demoPersonId('wang')))?.seniorMode);
});

test.serial('personal data is encrypted at rest and masked on the way out', async (t) => {
  const stored = JSON.stringify(await PersonModel.findById(demoPersonId('wang')).lean());
  for (const secret of ['王小明', '440118199001010019', '13800000001']) t.false(stored.includes(secret));
  const { token, person } = await signIn(t, 'wang');
  t.like(person, {
    displayName: '王*明',
    phoneMasked: '138****0001',
    idNumberMasked: '440***********0019',
    level: 2,
    levelLabel: '四级（L2）',
  });
  t.deepEqual(await me(t, token), person);
});

test.serial('a code signs in once; a forged, an ended and a missing session are refused alike', async (t) => {
  const code = t.context.outside.wechat.loginCode('wang');
  t.is((await call(t, 'POST', '/api/sign-in/mini-program', undefined, { code })).status, 200);
  const again = await call(t, 'POST', '/api/sign-in/mini-program', undefined, { code });
  t.is(again.status, 401);
  t.is(await failure(again), 'people.code_invalid');
  const { token } = await signIn(t, 'wang');
  for (const bad of [undefined, 'x'.repeat(43), `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`]) {
    const answer = await call(t, 'GET', '/api/me', bad);
    t.is(answer.status, 401);
    t.is(await failure(answer), 'hall.sign_in_needed');
  }
  t.is((await call(t, 'POST', '/api/sign-out', token)).status, 204);
  t.is((await call(t, 'GET', '/api/me', token)).status, 401);
});

test.serial(
  'only the hash of a session secret is stored, and a new sign-in ends the old session',
  async (t) => {
    const first = await signIn(t, 'wang');
    t.false(JSON.stringify(await CitizenSessionModel.find().lean()).includes(first.token));
    const second = await signIn(t, 'wang', first.token);
    t.not(second.token, first.token);
    t.is((await call(t, 'GET', '/api/me', first.token)).status, 401);
    t.is((await call(t, 'GET', '/api/me', second.token)).status, 200);
  },
);

for (const channel of ['weapp', 'h5'] as const) {
  test.serial(
    `a ${channel} session slides while it is used, ends when idle, and never outlives its longest life`,
    async (t) => {
      const { clock } = t.context;
      const { idleMs, longestMs } = sessionLife[channel];
      const bearer = channel === 'weapp' ? (await signIn(t, 'wang')).token : undefined;
      const cookie = channel === 'h5' ? (await signInH5(t, 'wang')).cookie : '';
      const status = async (): Promise<number> =>
        (
          await fetch(`${t.context.url}/api/me`, {
            headers: bearer ? { authorization: `Bearer ${bearer}` } : { cookie },
          })
        ).status;
      let lived = 0;
      while (lived + idleMs * 0.9 < longestMs) {
        clock.forward(idleMs * 0.9);
        lived += idleMs * 0.9;
        t.is(await status(), 200);
      }
      clock.forward(longestMs - lived);
      t.is(await status(), 401);
    },
  );
}

test.serial('an idle session ends', async (t) => {
  const { cookie } = await signInH5(t, 'wang');
  t.context.clock.forward(sessionLife.h5.idleMs);
  t.is((await fetch(`${t.context.url}/api/me`, { headers: { cookie } })).status, 401);
});

test.serial(
  'h5: signs in through WeChat, comes back to the page, and may change things only by its own script',
  async (t) => {
    const { cookie, to } = await signInH5(t, 'chen');
    t.is(to, '/h5/#/pages/me/index');
    const set = (extra: Record<string, string>): Promise<Response> =>
      fetch(`${t.context.url}/api/me/preferences`, {
        method: 'PUT',
        body: '{"seniorMode":false}',
        headers: { cookie, 'content-type': 'application/json', ...extra },
      });
    const foreign = await set({});
    t.is(foreign.status, 403);
    t.is(await failure(foreign), 'hall.forbidden');
    t.true((await findPerson(demoPersonId('chen')))?.seniorMode);
    t.is((await set({ 'x-hall-client': 'h5' })).status, 200);
    t.false((await findPerson(demoPersonId('chen')))?.seniorMode);
  },
);

test.serial(
  'h5: the cookie cannot be read by scripts and does not go along with foreign requests',
  async (t) => {
    const begun = await call(t, 'GET', '/api/sign-in/h5?to=/h5/');
    for (const line of begun.headers.getSetCookie()) t.regex(line, /HttpOnly; SameSite=Lax/);
  },
);

test.serial(
  'h5: nobody is sent out of the hall, and an answer without its own state is refused',
  async (t) => {
    for (const to of [
      'https://evil.example/',
      '//evil.example',
      '/h5/../console',
      '/h5\\evil',
      'javascript:alert(1)',
      '/h5evil',
    ]) {
      const answer = await call(t, 'GET', `/api/sign-in/h5?to=${encodeURIComponent(to)}`);
      t.is(answer.status, 400, to);
      t.is(answer.headers.get('location'), null);
      t.regex(await answer.text(), /公众号菜单/);
    }
    const forged = await call(t, 'GET', '/api/sign-in/h5/callback?code=abc&state=def');
    t.is(forged.status, 400);
    t.regex(await forged.text(), /登录请求已过期/);
  },
);

test.serial('mini-program and h5 lead to one person, whichever comes first', async (t) => {
  await PersonModel.deleteMany({});
  const first = await signIn(t, 'huang');
  const page = await signInH5(t, 'huang');
  const second = (await (
    await fetch(`${t.context.url}/api/me`, { headers: { cookie: page.cookie } })
  ).json()) as PersonView;
  t.is(second.id, first.person.id);
  await PersonModel.deleteMany({});
  const pageFirst = await signInH5(t, 'liang');
  const h5 = (await (
    await fetch(`${t.context.url}/api/me`, { headers: { cookie: pageFirst.cookie } })
  ).json()) as PersonView;
  t.is((await signIn(t, 'liang')).person.id, h5.id);
});

test.serial('twenty sign-ins of one new person at once make one person', async (t) => {
  await PersonModel.deleteMany({});
  const now = new Date();
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      recognisePerson(
        i % 2 === 0
          ? { kind: 'miniProgram', openid: 'oM-new', unionid: 'oU-new' }
          : { kind: 'officialAccount', openid: 'oA-new', unionid: 'oU-new', follower: true },
        now,
      ),
    ),
  );
  t.is(new Set(people.map(({ _id }) => _id)).size, 1);
  t.is(await PersonModel.countDocuments(), 1);
  t.like(await findPerson(people[0]!._id), {
    openids: { officialAccount: 'oA-new', miniProgram: 'oM-new' },
    follower: true,
  });
});

test.serial(
  'two records that turn out to be one WeChat user are merged: identity, sessions and old id go on',
  async (t) => {
    await PersonModel.deleteMany({});
    const now = new Date();
    // The page knew the openid only (not a follower); the mini-program knew the unionid.
    const page = await recognisePerson({ kind: 'officialAccount', openid: 'oA-z', unionid: null }, now);
    const program = await recognisePerson(
      { kind: 'miniProgram', openid: 'oM-z', unionid: 'oU-z' },
      new Date(now.getTime() + 1000),
    );
    t.not(page._id, program._id);
    await PersonModel.updateOne({ _id: page._id }, { $set: { seniorMode: true } });
    await CitizenSessionModel.create([
      {
        _id: 'hash',
        personId: program._id,
        channel: 'weapp',
        startedAt: now,
        seenAt: now,
        endsAt: new Date(now.getTime() + 1e6),
      },
    ]);
    const whole = await Promise.all(
      Array.from({ length: 6 }, () =>
        recognisePerson({ kind: 'officialAccount', openid: 'oA-z', unionid: 'oU-z', follower: true }, now),
      ),
    );
    t.deepEqual([...new Set(whole.map(({ _id }) => _id))], [page._id], 'the older record lives on');
    t.like(await findPerson(program._id), {
      id: page._id,
      unionid: 'oU-z',
      openids: { officialAccount: 'oA-z', miniProgram: 'oM-z' },
      follower: true,
      seniorMode: true,
    });
    t.is((await CitizenSessionModel.findById('hash').lean())?.personId, page._id);
  },
);

test.serial('of two halves the one with an identity lives on, and its data can still be read', async (t) => {
  const survivor = await mergePeople(demoPersonId('he'), demoPersonId('wang'));
  t.is(survivor, demoPersonId('wang'));
  t.like(await findPerson(demoPersonId('he')), { id: demoPersonId('wang'), name: '王小明' });
});

test.serial(
  'R8.1: a person without an identity is refused where level 1 is needed, and let in after real-name sign-in',
  async (t) => {
    const { token, person } = await signIn(t, 'he');
    t.like(person, { level: 0, levelLabel: '未实名', displayName: '微信用户', idNumberMasked: null });
    const refused = await call(t, 'GET', '/api/needs-1', token);
    t.is(refused.status, 403);
    t.is(await failure(refused), 'hall.level_too_low');
    const done = await authenticate(t, token, 'zc_he');
    t.is(done.status, 302);
    t.is(done.headers.get('location'), '/h5/#/done');
    t.like(await me(t, token), { level: 2, displayName: '何*雨', levelLabel: '四级（L2）' });
    t.is((await call(t, 'GET', '/api/needs-2', token)).status, 204);
  },
);

test.serial(
  'section 9 no. 2: a level that dropped at the platform closes what needed it, and asks for an upgrade',
  async (t) => {
    const { token } = await signIn(t, 'wang');
    t.is((await call(t, 'GET', '/api/needs-2', token)).status, 204);
    t.context.outside.government.identity.accounts.change('zc_wang', { level: 'L1' });
    await authenticate(t, token, 'zc_wang');
    const refused = await call(t, 'GET', '/api/needs-2', token);
    t.is(refused.status, 403);
    const { error } = (await refused.json()) as { error: { id: string; message: string; details: unknown } };
    t.is(error.id, 'hall.level_too_low');
    t.regex(error.message, /人脸核验/);
    t.deepEqual(error.details, { needed: 2, have: 1 });
    t.is((await call(t, 'GET', '/api/needs-1', token)).status, 204);
  },
);

test.serial('section 9 no. 3: a replayed code binds once; a second answer finds nothing', async (t) => {
  const { token } = await signIn(t, 'he');
  const { url } = (await (
    await call(t, 'POST', '/api/identity/start', token, { returnTo: '/h5/' })
  ).json()) as { url: string };
  const redirectUri = new URL(url).searchParams.get('redirect_uri')!;
  const { identity } = t.context.outside.government;
  const code = identity.code('zc_he', redirectUri);
  const callback = new URL(redirectUri);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => call(t, 'GET', `${callback.pathname}${callback.search}&code=${code}`)),
  );
  t.deepEqual(answers.map(({ status }) => status).sort(), [302, 400, 400, 400, 400]);
  // The same code with a state of its own: the platform refuses it, the person is told in words.
  const { url: second } = (await (
    await call(t, 'POST', '/api/identity/start', token, { returnTo: '/h5/' })
  ).json()) as { url: string };
  const other = new URL(new URL(second).searchParams.get('redirect_uri')!);
  const replayed = await call(t, 'GET', `${other.pathname}${other.search}&code=${code}`);
  t.is(replayed.status, 400);
  t.regex(await replayed.text(), /重新发起实名认证/);
});

test.serial(
  'section 9 no. 4: bound from a second WeChat the identity moves, the first one is told and keeps its record',
  async (t) => {
    const { token } = await signIn(t, 'he');
    t.is((await authenticate(t, token, 'zc_wang')).status, 302);
    t.like(await me(t, token), { displayName: '王*明', level: 2 });
    const older = await findPerson(demoPersonId('wang'));
    t.like(older, { id: demoPersonId('wang'), level: 0, name: null });
    const notice = await NoticeModel.findOne({ personId: demoPersonId('wang') }).lean();
    t.is(notice?.kind, 'service.announcement');
    const unbound = (await (await call(t, 'POST', '/api/identity/unbind', token)).json()) as PersonView;
    t.like(unbound, { id: demoPersonId('he'), level: 0, displayName: '微信用户', phoneMasked: null });
  },
);

test.serial(
  'two WeChats that bind one identity at the same moment: one holds it, the other is told',
  async (t) => {
    await PersonModel.updateMany({}, { $set: { identity: null, level: 0, enterprise: null } });
    const [one, two] = [await signIn(t, 'he'), await signIn(t, 'huang')];
    await Promise.all([authenticate(t, one.token, 'zc_zhou'), authenticate(t, two.token, 'zc_zhou')]);
    const levels = [(await me(t, one.token)).level, (await me(t, two.token)).level].sort();
    t.deepEqual(levels, [0, 1]);
    t.is(await NoticeModel.countDocuments(), 1);
  },
);

test.serial(
  'a bound WeChat does not take another identity before unbinding, and then never shows the first one’s record',
  async (t) => {
    const { token } = await signIn(t, 'wang');
    const refused = await authenticate(t, token, 'zc_he');
    t.is(refused.status, 409);
    t.regex(await refused.text(), /解除绑定/);
    await call(t, 'POST', '/api/identity/unbind', token);
    t.is((await authenticate(t, token, 'zc_he')).status, 302);
    const now = await me(t, token);
    t.like(now, { displayName: '何*雨' });
    t.not(now.id, demoPersonId('wang'), 'another person, another record');
    t.like(await findPerson(demoPersonId('wang')), { openids: {}, unionid: null });
    t.is((await signIn(t, 'wang')).person.id, now.id);
  },
);

test.serial('unbinding and binding the same identity again comes back to the same record', async (t) => {
  const { token } = await signIn(t, 'wang');
  await call(t, 'POST', '/api/identity/unbind', token);
  await authenticate(t, token, 'zc_wang');
  t.like(await me(t, token), { id: demoPersonId('wang'), displayName: '王*明', level: 2 });
});

test.serial(
  'R8.1: frozen, without agreement, of a legal person, without phone: each its own clear end',
  async (t) => {
    const { token } = await signIn(t, 'he');
    const frozen = await authenticate(t, token, 'zc_dong');
    t.is(frozen.status, 403);
    t.regex(await frozen.text(), /冻结/);
    const declined = await authenticate(t, token, 'zc_he', 'no');
    t.is(declined.headers.get('location'), '/h5/#/done');
    const firm = await authenticate(t, token, 'zc_li_firm');
    t.is(firm.status, 403);
    t.regex(await firm.text(), /个人账号/);
    t.is((await me(t, token)).level, 0);
    await authenticate(t, token, 'zc_lin');
    t.like(await me(t, token), { level: 1, phoneMasked: null, displayName: '林*怡' });
  },
);

test.serial('R8.1: an enterprise account is added to a personal one of level 2', async (t) => {
  const { token } = await signIn(t, 'wang');
  t.is((await authenticate(t, token, 'zc_li_firm')).status, 302);
  t.deepEqual((await me(t, token)).enterprise, { name: '增城示例餐饮店', codeMasked: '9144**********0111' });
  t.like(await me(t, token), { displayName: '王*明' });
});

test.serial('R8.1: a one-off code of 粤省事 binds, and works once', async (t) => {
  const { token } = await signIn(t, 'he');
  const code = t.context.outside.government.identity.oneOffCode('zc_he');
  const first = await call(t, 'POST', '/api/identity/one-off', token, { code });
  t.like((await first.json()) as PersonView, { displayName: '何*雨', level: 2 });
  const second = await call(t, 'POST', '/api/identity/one-off', token, { code });
  t.is(second.status, 400);
  t.is(await failure(second), 'people.identity_code_used');
});

test.serial(
  'section 9 no. 1: with the platform down people browse and stay signed in; real-name sign-in says so',
  async (t) => {
    const { token } = await signIn(t, 'he');
    t.context.outside.government.setProfile('identity', { http5xx: 1 });
    const code = t.context.outside.government.identity.oneOffCode('zc_he');
    const answer = await call(t, 'POST', '/api/identity/one-off', token, { code });
    t.is(answer.status, 503);
    t.is(await failure(answer), 'people.identity_down');
    for (const fault of [{ htmlErrRate: 1 }, { bizErrRate: 1 }]) {
      t.context.outside.government.setProfile('identity', fault);
      t.is(
        await failure(await call(t, 'POST', '/api/identity/one-off', token, { code })),
        'people.identity_down',
      );
    }
    t.is((await call(t, 'GET', '/api/me', token)).status, 200);
    t.is((await call(t, 'GET', '/api/open')).status, 204);
    t.is((await signIn(t, 'wang')).person.level, 2);
  },
);

test.serial('h5: real-name sign-in ends in the browser of the person who began it', async (t) => {
  const { cookie } = await signInH5(t, 'he');
  const headers = { cookie, 'x-hall-client': 'h5', 'content-type': 'application/json' };
  const started = await fetch(`${t.context.url}/api/identity/start`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ returnTo: '/h5/#/x' }),
  });
  const { url } = (await started.json()) as { url: string };
  const redirectUri = new URL(url).searchParams.get('redirect_uri')!;
  const code = t.context.outside.government.identity.code('zc_he', redirectUri);
  const back = new URL(`${redirectUri}&code=${code}`);
  const stranger = await call(t, 'GET', `${back.pathname}${back.search}`);
  t.is(stranger.status, 400);
  t.is((await PersonModel.findById(demoPersonId('he')).lean())?.level, 0);
});

test.serial('no secret of the platform reaches an error', async (t) => {
  const env = t.context.outside.environment;
  const platform = createIdentityPlatform({
    base: 'http://127.0.0.1:9',
    clientId: env['IDENTITY_CLIENT_ID']!,
    clientSecret: 'very-secret-word',
    gateway: { paasId: 'x', token: 'y' },
    clock: t.context.clock,
    gate: openGates(systemClock()).of('identity'),
  });
  const error = await t.throwsAsync(platform.exchange('a-code-of-mine', 'http://127.0.0.1/x', 'P1'));
  t.false(/very-secret-word|a-code-of-mine/.test(`${error.message}${error.stack}${JSON.stringify(error)}`));
  t.is(mongoose.connection.readyState, 1);
});
