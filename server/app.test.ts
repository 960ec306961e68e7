import type { AddressInfo } from 'node:net';
import test from 'ava';
import { z } from 'zod';
import { createApp } from './app.ts';
import { TestClock } from './kernel/clock.ts';
import { HallError } from './kernel/http/hallError.ts';
import { anyone, type Route, route } from './kernel/http/route.ts';

const open = { limit: 'write', signIn: 'none', may: anyone } as const;

async function serve(
  routes: readonly Route[],
  ready = true,
): Promise<{ url: string; clock: TestClock; close(): void }> {
  const clock = new TestClock(new Date('2026-11-25T01:00:00Z'));
  const app = createApp({
    clock,
    routes,
    citizenOf: async (ctx) =>
      ctx.get('authorization') === 'Bearer good' ? { personId: 'P1', level: 1, channel: 'weapp' } : undefined,
    staffOf: async () => undefined,
    ready: async () => ready,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    close: () => server.close(),
  };
}

const post = (url: string, body: string): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

interface Failure {
  error: { id: string; message: string; requestId: string; details?: Record<string, unknown> };
}

test('bad input of every kind answers a clear error with an id, never a fault', async (t) => {
  const app = await serve([
    route('POST', '/api/things', { ...open, body: z.object({ n: z.number() }), answer: 'nothing' }, () => {}),
  ]);
  t.teardown(app.close);
  for (const [body, status, id] of [
    ['{"n":1}', 204, null],
    ['{"n":"1"}', 400, 'hall.bad_input'],
    ['{"n":', 400, 'hall.bad_input'],
    ['[]', 400, 'hall.bad_input'],
    ['', 400, 'hall.bad_input'],
    [`{"n":1,"x":"${'x'.repeat(300_000)}"}`, 413, 'hall.too_large'],
  ] as const) {
    const answer = await post(`${app.url}/api/things`, body);
    t.is(answer.status, status, body.slice(0, 20));
    if (!id) continue;
    const { error } = (await answer.json()) as Failure;
    t.is(error.id, id);
    t.is(error.requestId, answer.headers.get('x-request-id') ?? '');
    t.regex(error.message, /[一-龥]/);
  }
});

test('what a stranger throws stays inside; what the hall says no with comes out as said', async (t) => {
  const app = await serve([
    route('GET', '/api/fault', { ...open, answer: 'nothing' }, () => {
      throw new Error('password=1234 at /srv/secret.ts');
    }),
    route('GET', '/api/no', { ...open, answer: 'nothing' }, () => {
      throw new HallError({ id: 'thing.no', status: 409, message: '不行' }, { details: { left: 0 } });
    }),
  ]);
  t.teardown(app.close);
  const fault = await fetch(`${app.url}/api/fault`);
  t.is(fault.status, 500);
  t.notRegex(await fault.text(), /1234|secret/);
  const no = await fetch(`${app.url}/api/no`);
  t.is(no.status, 409);
  const { error } = (await no.json()) as Failure;
  t.deepEqual([error.id, error.message, error.details], ['thing.no', '不行', { left: 0 }]);
});

test('an answer holds only what its schema lists', async (t) => {
  const app = await serve([
    route('GET', '/api/person', { ...open, answer: z.object({ name: z.string() }) }, () => ({
      name: '王*明',
      idNumber: '4401',
    })),
  ]);
  t.teardown(app.close);
  t.deepEqual(await (await fetch(`${app.url}/api/person`)).json(), { name: '王*明' });
});

test('a route for citizens refuses who is not signed in, and a forged session', async (t) => {
  const app = await serve([
    route(
      'GET',
      '/api/mine',
      { ...open, signIn: 'citizen', answer: z.string() },
      ({ citizen }) => citizen.personId,
    ),
  ]);
  t.teardown(app.close);
  t.is((await fetch(`${app.url}/api/mine`)).status, 401);
  t.is((await fetch(`${app.url}/api/mine`, { headers: { authorization: 'Bearer forged' } })).status, 401);
  const good = await fetch(`${app.url}/api/mine`, { headers: { authorization: 'Bearer good' } });
  t.is(await good.text(), 'P1');
});

test('a caller who asks too often is told to wait, and served again after that', async (t) => {
  const app = await serve([
    route('GET', '/api/guess', { ...open, limit: 'guess', answer: 'nothing' }, () => {}),
  ]);
  t.teardown(app.close);
  const codes = await Promise.all(
    Array.from({ length: 12 }, async () => (await fetch(`${app.url}/api/guess`)).status),
  );
  t.is(codes.filter((each) => each === 204).length, 10);
  const refused = await fetch(`${app.url}/api/guess`);
  t.is(refused.status, 429);
  app.clock.forward(Number(refused.headers.get('retry-after')) * 1000);
  t.is((await fetch(`${app.url}/api/guess`)).status, 204);
});

test('unknown paths and methods are said so; health follows readiness', async (t) => {
  const app = await serve([route('GET', '/api/one', { ...open, answer: 'nothing' }, () => {})], false);
  t.teardown(app.close);
  t.is((await fetch(`${app.url}/api/two`)).status, 404);
  t.is((await fetch(`${app.url}/api/one`, { method: 'DELETE' })).status, 405);
  t.is((await fetch(`${app.url}/healthz`)).status, 503);
});
