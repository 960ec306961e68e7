import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { citizens } from '../../../mocks/wechat/citizens.ts';
import type { Wechat } from '../../../mocks/wechat/server.ts';
import { createApp } from '../../app.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { useDatabase } from '../../testing/database.ts';
import { accountAt, startTestWechat } from '../../testing/officialAccount.ts';
import { listAudit } from '../audit/listAudit.ts';
import { staffActRecorder } from '../audit/recordStaffAct.ts';
import { AccountTemplates } from '../notices/accountTemplates.ts';
import { noticeSettings } from '../notices/settings.ts';
import { findBroadcast } from './actOnBroadcast.ts';
import { safeArticle } from './articleHtml.ts';
import type { BroadcastInput, BroadcastView, PictureView } from './contract.ts';
import { BroadcastModel } from './model.ts';
import { seedReceivers } from './receivers.ts';
import type { BroadcastsRoom } from './room.ts';
import { broadcastsRoutes } from './routes.ts';
import { broadcastsWorkers } from './worker.ts';

// The smallest PNG: one pixel.
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const database = useDatabase(test);
const anna: StaffMember = { staffId: 'anna', name: '安娜', roles: ['publisher'], hallIds: [] };
const ben: StaffMember = { staffId: 'ben', name: '本', roles: ['approver'], hallIds: [] };
const wang = citizens.find(({ id }) => id === 'wang')!.openids.officialAccount;
let url: string;
let wechat: Wechat;
let room: BroadcastsRoom;

test.before(async () => {
  wechat = await startTestWechat();
  const account = accountAt(wechat.url, { timeoutMs: 3000 });
  room = {
    clock: systemClock(),
    account,
    templates: new AccountTemplates(account, () => Date.now()),
    applicants: async () => ({ total: 0, openids: [], next: null }),
    settings: noticeSettings,
    pollMs: 50,
  };
  const app = createApp({
    clock: room.clock,
    routes: broadcastsRoutes(room),
    citizenOf: async () => undefined,
    staffOf: async (ctx) => (ctx.get('x-test-staff') === 'ben' ? ben : anna),
    ready: async () => true,
    rateFactor: 1000,
    staffActed: staffActRecorder(room.clock),
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const workers = broadcastsWorkers(room).map((worker) => worker.start());
  database.closers.push(
    wechat.close,
    account.close,
    async () => void server.close(),
    async () => void (await Promise.all(workers.map((worker) => worker.stop()))),
  );
});

const ask = async <T>(
  method: string,
  path: string,
  body?: unknown,
  as = 'anna',
): Promise<T & { id: string }> => {
  const raw = Buffer.isBuffer(body);
  const answer = await fetch(url + path, {
    method,
    headers: {
      'x-test-staff': as,
      'content-type': raw ? 'application/octet-stream' : 'application/json',
    },
    ...(body !== undefined && { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const data = (await answer.json()) as T & { id: string; error?: { id: string } };
  return data.error ? { ...data, id: data.error.id } : data;
};
const upload = (bytes: Buffer): Promise<PictureView> =>
  ask<PictureView>('POST', '/api/staff/broadcast-pictures', bytes);
const draft = (
  content: BroadcastInput['content'],
  audience: BroadcastInput['audience'] = { kind: 'followers' },
) =>
  ask<BroadcastView>('POST', '/api/staff/broadcasts', {
    title: '测试',
    audience,
    content,
    scheduledAt: null,
  });
const act = ({ id, version }: BroadcastView, name: string, as = 'anna') =>
  ask<BroadcastView>('POST', `/api/staff/broadcasts/${id}/${name}`, { version }, as);
const massesOf = (citizen: string) => wechat.messages(citizen).filter(({ origin }) => origin === 'mass');

async function sent(id: string): Promise<string> {
  for (let i = 0; i < 400; i++) {
    const { massMsgId, state } = await findBroadcast(id);
    if (massMsgId !== null || state === 'failed') return state;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('nothing was sent');
}
const article = (parts: object = {}) =>
  ({
    ...{
      kind: 'article',
      title: '周六停电',
      author: '增城政务',
      digest: '',
      body: '<p>周六停电检修。</p>',
      coverId: '',
    },
    ...parts,
  }) as const as BroadcastInput['content'];

test.serial('R9: only JPEG and PNG by their bytes, at most 2 MB, are taken as pictures', async (t) => {
  const good = await upload(pixel);
  t.is(good.type, 'image/png');
  const shown = await fetch(url + good.url);
  t.deepEqual(Buffer.from(await shown.arrayBuffer()), pixel);
  t.is(shown.headers.get('x-content-type-options'), 'nosniff');
  const bad = [
    Buffer.from('<script>1</script>'),
    Buffer.from('GIF89a'),
    Buffer.concat([pixel, Buffer.alloc(2 ** 21)]),
  ];
  for (const bytes of bad) t.is((await upload(bytes)).id, 'broadcasts.picture_unfit');
  t.is((await ask('GET', '/api/staff/broadcast-pictures/none')).id, 'broadcasts.picture_not_found');
});

test.serial('R9: a picture is approved by another person and reaches every follower once', async (t) => {
  const picture = await upload(pixel);
  const made = await draft({ kind: 'picture', pictureId: picture.id });
  const submitted = await act(made, 'submit');
  t.is((await act(submitted, 'approve')).id, 'hall.forbidden', 'a publisher does not approve');
  const before = massesOf('wang').length;
  t.is((await act(submitted, 'approve', 'ben')).state, 'approved');
  t.is(await sent(made.id), 'sending');
  t.is(massesOf('wang').length, before + 1);
  const last = massesOf('wang').at(-1)!.content;
  t.is(last.kind, 'image');
  t.deepEqual(Buffer.from(await (await fetch((last as { url: string }).url)).arrayBuffer()), pixel);
});

test.serial('R9: an article is shown to its author first; what is approved is what is sent', async (t) => {
  const [cover, inside] = [await upload(pixel), await upload(pixel)];
  const content = article({ coverId: cover.id, body: `<p>周六停电检修。</p><img src="${inside.url}">` });
  const made = await draft(content);
  t.is(
    (await ask<BroadcastView>('POST', `/api/staff/broadcasts/${made.id}/test-send`)).id,
    'broadcasts.no_receiver',
  );
  await seedReceivers([{ staffId: 'anna', openid: wang, label: '本人微信' }]);
  const result = await ask<{ ok: boolean }>('POST', `/api/staff/broadcasts/${made.id}/test-send`);
  t.true(result.ok);
  const { prepared } = await findBroadcast(made.id);
  t.is(prepared?.media.kind, 'article');
  const submitted = await act(made, 'submit');
  t.is((await act(submitted, 'approve', 'ben')).state, 'approved');
  await sent(made.id);
  t.deepEqual(
    (await findBroadcast(made.id)).prepared,
    prepared,
    'the draft that was tried is the one that is sent',
  );
  const card = massesOf('wang').at(-1)!.content as {
    kind: string;
    articles: { title: string; url: string }[];
  };
  t.is(card.kind, 'articles');
  t.is(card.articles[0]!.title, '周六停电');
  const page = await (await fetch(card.articles[0]!.url)).text();
  t.true(page.includes('周六停电检修') && !page.includes('/api/staff/'), 'pictures by WeChat’s addresses');
});

test.serial('R9: an edit after the approval takes the prepared article away', async (t) => {
  const cover = await upload(pixel);
  const made = await draft(article({ coverId: cover.id }));
  await BroadcastModel.updateOne({ _id: made.id }, { $set: { scheduledAt: new Date(Date.now() + 1e9) } });
  const submitted = await act(made, 'submit');
  const approved = await act(submitted, 'approve', 'ben');
  const first = (await findBroadcast(made.id)).prepared!;
  const again = await ask<BroadcastView>('PATCH', `/api/staff/broadcasts/${made.id}`, {
    ...{
      title: '测试',
      audience: { kind: 'followers' },
      scheduledAt: new Date(Date.now() + 1e9).toISOString(),
    },
    content: article({ coverId: cover.id, title: '周日停电' }),
    version: approved.version,
  });
  t.is(again.state, 'draft');
  const second = await act(await act(again, 'submit'), 'approve', 'ben');
  t.is(second.state, 'approved');
  t.not((await findBroadcast(made.id)).prepared!.media.mediaId, first.media.mediaId);
});

test.serial(
  'R9: what WeChat would refuse of an article is said by field and cannot be submitted',
  async (t) => {
    const content = article({ title: '长'.repeat(33), digest: '摘'.repeat(129), body: '<script>1</script>' });
    const preview = await ask<{ problems: { field: string }[] }>('POST', '/api/staff/broadcasts/preview', {
      content,
      audience: { kind: 'list', listId: 'l' },
    });
    t.is(preview.id, 'broadcasts.list_not_found');
    const shown = await ask<{ problems: { field: string }[] }>('POST', '/api/staff/broadcasts/preview', {
      content,
      audience: { kind: 'followers' },
    });
    t.deepEqual(shown.problems.map(({ field }) => field).toSorted(), [
      'articleTitle',
      'body',
      'coverId',
      'digest',
    ]);
    const made = await draft(content);
    t.is((await act(made, 'submit')).id, 'broadcasts.invalid');
  },
);

test.serial(
  'R9: when WeChat refuses the picture, the approver hears it and it stays submitted',
  async (t) => {
    const picture = await upload(pixel);
    const made = await draft({ kind: 'picture', pictureId: picture.id });
    const submitted = await act(made, 'submit');
    wechat.setProfile({ errorRate: 1, errcode: 40005, paths: ['/cgi-bin/material/add_material'] });
    t.is((await act(submitted, 'approve', 'ben')).id, 'broadcasts.media_refused');
    wechat.setProfile({ errorRate: 0, paths: [] });
    t.is((await findBroadcast(made.id)).state, 'submitted');
    t.is((await act(submitted, 'approve', 'ben')).state, 'approved');
  },
);

test.serial(
  'I10: who submitted, approved, and was refused an approval stands in the audit ledger',
  async (t) => {
    const made = await draft({ kind: 'picture', pictureId: (await upload(pixel)).id });
    const submitted = await act(made, 'submit');
    await act(submitted, 'approve');
    await act(submitted, 'approve', 'ben');
    await act(submitted, 'approve', 'ben');
    const { rows } = await listAudit({ subject: made.id }, async () => new Map());
    t.deepEqual(rows.map(({ actor, actLabel, result }) => [actor.id, actLabel, result]).toReversed(), [
      ['anna', '提交群发', 'ok'],
      ['anna', '批准群发', 'refused'],
      ['ben', '批准群发', 'ok'],
      ['ben', '批准群发', 'refused'],
    ]);
  },
);

test('R9: nothing runs and nobody else’s picture loads in an article', (t) => {
  const dirty =
    '<h1>标题</h1><p onclick="x()" style="color:red">字<script>alert(1)</script></p><img src="https://a.example/t.gif">' +
    '<img src="/api/staff/broadcast-pictures/p1" onerror="x()"><a href="javascript:x()">甲</a>' +
    '<a href="https://www.gov.cn/">乙</a><iframe src="https://a.example"></iframe>';
  t.is(
    safeArticle(dirty),
    '<h2>标题</h2><p>字</p><img src="/api/staff/broadcast-pictures/p1" /><a>甲</a><a href="https://www.gov.cn/">乙</a>',
  );
});
