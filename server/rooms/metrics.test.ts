import test from 'ava';
import { createApp } from '../app.ts';
import { openGates } from '../government/gates.ts';
import { systemClock } from '../kernel/clock.ts';
import { anyone, route } from '../kernel/http/route.ts';
import { useDatabase } from '../testing/database.ts';
import { startMetrics } from './metrics.ts';

useDatabase(test);

test('operators read requests by route, calls of the government and what waits; nobody else’s address answers', async (t) => {
  const clock = systemClock();
  const gates = openGates(clock, 'ignored');
  const spec = { limit: 'read', signIn: 'none', may: anyone, answer: 'nothing' } as const;
  const app = createApp({
    clock,
    routes: [route('GET', '/api/things/:id', spec, () => undefined)],
    citizenOf: async () => undefined,
    staffOf: async () => undefined,
    ready: async () => true,
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const metrics = await startMetrics(0, gates);
  try {
    await fetch(`${url}/api/things/secret-id`);
    await fetch(`${url}/api/nowhere/secret-id`);
    await gates.of('items').call({
      ...{ operation: 'x', actor: { kind: 'system' }, purpose: '测试', repeatable: true, run: async () => 1 },
    });
    const text = await (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text();
    t.regex(
      text,
      /hall_http_request_seconds_count\{method="GET",route="\/api\/things\/:id",status="204"\} 1/,
    );
    t.regex(text, /hall_http_request_seconds_count\{method="GET",route="none",status="404"\} 1/);
    t.regex(text, /government_calls_total\{system="items",result="ok"\} 1/);
    t.regex(text, /hall_waiting\{kind="cityOrders"\} 0/);
    t.regex(text, /hall_waiting\{kind="jobs"\} 0/);
    t.notRegex(text, /secret-id/, 'no ids among the labels');
    t.is((await fetch(`${url}/metrics`)).status, 404);
    t.is((await fetch(`http://127.0.0.1:${metrics.port}/other`)).status, 404);
  } finally {
    await gates.flush();
    await metrics.stop();
    server.closeAllConnections();
    server.close();
  }
});
