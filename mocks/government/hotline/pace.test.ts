import test from 'ava';
import { gatewayHeadersOf } from '../core/gateway.ts';
import { startGovernment } from '../server.ts';
import { nextAct } from './pace.ts';

const gateway = { paasId: 'p', token: 'gateway-token' };
const identity = { clientId: 'a', clientSecret: 'b' };

test('at the automatic pace a ticket goes its way to the follow-up, a ticket held by hand stays, and what belongs elsewhere is refused', async (t) => {
  const time = { now: new Date('2026-11-25T02:00:00Z') };
  const government = await startGovernment({
    ...{ identity, gateway, seed: 3, now: () => time.now },
    hotline: { key: 'hotline-secret', paceMs: 10_000 },
  });
  t.teardown(() => government.close());
  const { hotline } = government;
  const headers = headersOf(gateway);
  const file = async (bizNo: string, content: string): Promise<void> => {
    const body = {
      ...{
        bizNo,
        content,
        type: '2',
        title: '路灯不亮',
        areaCode: '440118001',
        filedAt: '2026-11-25 09:00:00',
      },
      contact: { name: '王小明', phone: '13800000001' },
    };
    const answer = await fetch(`${government.url}/hotline/api/appeal`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    t.like(await answer.json(), { code: 0 });
  };
  await file('SQ-000001', '示例路口的路灯三天没有亮了。');
  await file('SQ-000002', '示例路口的路灯三天没有亮了，请看看。');
  await file('SQ-000003', '楼下仓库起火了，火很大，快来人。');
  hotline.holdByHand('SQ-000002');
  t.is(hotline.tick(time.now), 0, 'not yet');
  for (let minute = 0; minute < 10; minute++) {
    time.now = new Date(time.now.getTime() + 61_000);
    hotline.tick(time.now);
  }
  const statuses = (number: string): number[] => hotline.find(number)!.events.map(({ status }) => status);
  t.deepEqual(statuses('SQ-000001'), [10, 20, 30, 35, 40, 50, 60]);
  t.is(hotline.find('SQ-000001')!.dept, '区城市管理和综合执法局');
  t.deepEqual(statuses('SQ-000002'), [10]);
  t.deepEqual(statuses('SQ-000003'), [10, 80]);
  t.true(hotline.find('SQ-000003')!.events[1]!.content.includes('119'));
  t.is(
    nextAct(hotline.find('SQ-000001')!, new Date('2027-01-01'), 10_000),
    null,
    'the follow-up is a person’s',
  );
});

test('by hand over HTTP: an act, an act out of turn, an entry of the knowledge base; the page shows both', async (t) => {
  const government = await startGovernment({
    identity,
    gateway,
    seed: 3,
    hotline: { key: 'hotline-secret' },
  });
  t.teardown(() => government.close());
  const headers = headersOf(gateway);
  const body = {
    ...{
      bizNo: 'SQ-000001',
      type: '1',
      title: '咨询<b>',
      content: '请问周六可以办理居住证吗？',
      areaCode: '440118001',
    },
    contact: { anonymous: '1', name: '', phone: '' },
  };
  await fetch(`${government.url}/hotline/api/appeal`, {
    ...{ method: 'POST', headers, body: JSON.stringify(body) },
  });
  const admin = async (path: string, sent: unknown): Promise<[number, unknown]> => {
    const url = `${government.url}/__mock/hotline/${path}`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(sent) });
    return [answer.status, await answer.json()];
  };
  t.is((await admin('tickets/SQ-000001', { act: 'sign' }))[0], 400);
  t.is((await admin('tickets/SQ-000001', { act: 'refuse' }))[0], 400, 'without a reason');
  const [status, ticket] = await admin('tickets/SQ-000001', { act: 'accept' });
  t.is(status, 200);
  t.like(ticket, { status: 20, days: 3 });
  t.like((await admin('knowledge', { kbId: 'KB00001', validTo: '2026-01-01' }))[1], { version: 2 });
  const page = await (await fetch(`${government.url}/hotline/page`)).text();
  t.true(page.includes('转派') && page.includes('咨询&#60;b&#62;') && !page.includes('咨询<b>'));
});

const headersOf = (key: typeof gateway): Record<string, string> => ({
  ...gatewayHeadersOf(key, new Date()),
  'content-type': 'application/json',
});
