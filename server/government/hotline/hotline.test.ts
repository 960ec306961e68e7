import { createHash } from 'node:crypto';
import anyTest, { type TestFn } from 'ava';
import type { Act } from '../../../mocks/government/hotline/life.ts';
import type { Government } from '../../../mocks/government/server.ts';
import { useDatabase } from '../../testing/database.ts';
import { callLog } from '../accept/testing/acceptWorld.ts';
import { CallModel } from '../kit/callLog.ts';
import { isShown, shownEntries } from './knowledge.ts';
import type { AppealFile, AppealReceipt } from './port.ts';
import { appealOf, citizen, hotlineClient, morning, platformOf } from './testing/hotlineWorld.ts';

interface World {
  government: Government;
  hotline: ReturnType<typeof hotlineClient>;
  time: { now: Date };
}
const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

test.beforeEach(async (t) => {
  const { government, time } = await platformOf();
  t.context = { government, time, hotline: hotlineClient(`${government.url}/hotline`) };
});
test.afterEach.always(async ({ context: { government, hotline } }) => {
  await Promise.all([government?.close(), hotline?.close()]);
});

const days = (n: number): Date => new Date(morning.getTime() + n * 86_400_000);
const toAnswered: readonly Act[] = [
  { act: 'accept' },
  { act: 'assign', dept: '区城市管理和综合执法局' },
  { act: 'sign' },
  { act: 'answer', text: '已劝离摊贩并加强巡查。' },
  { act: 'review', verdict: 'pass' },
];

test.serial('R5.2.3: an appeal gets its number and code, with the time at which it was filed', async (t) => {
  const { government, hotline } = t.context;
  const receipt = await hotline.create(appealOf('SQ-000001'), citizen);
  t.is(receipt.appealNumber, '26112544011800001');
  t.regex(receipt.queryCode, /^\d{6}$/);
  const ticket = government.hotline.find('SQ-000001')!;
  t.like(ticket, { registerTime: '2026-11-25 09:30:00', type: '3', openConsent: true });
  t.like(ticket.contact, { name: '王小明', phone: '13800000001', anonymous: false, secret: false });
  t.like(await hotline.query(receipt.appealNumber, receipt.queryCode, citizen), {
    kind: 'complaint',
    title: '夜间烧烤占道',
    dueAt: null,
    mayBePublic: true,
  });
});

test.serial(
  'the same number twice is one appeal; after a lost reply it is found and not filed again',
  async (t) => {
    const { government, hotline } = t.context;
    const first = await hotline.create(appealOf('SQ-000001'), citizen);
    t.deepEqual(await hotline.create(appealOf('SQ-000001'), citizen), first);
    t.is(await hotline.find('SQ-000002'), null);
    government.setProfile('hotline', { lostReplyRate: 1 });
    const impatient = hotlineClient(`${government.url}/hotline`, { timeoutMs: 300 });
    t.teardown(() => impatient.close());
    await t.throwsAsync(impatient.create(appealOf('SQ-000002'), citizen), { message: /no answer/ });
    government.setProfile('hotline', {});
    const calls = government.calls('hotline');
    const found = await hotline.createOnce(appealOf('SQ-000002'), citizen);
    t.is(government.calls('hotline'), calls + 1, 'it was only asked for');
    t.deepEqual(found, await hotline.find('SQ-000002'));
    t.is(government.hotline.tickets.length, 2);
  },
);

test.serial('what the platform refuses comes back as its refusal', async (t) => {
  const { hotline } = t.context;
  const refusal = async (run: Promise<unknown>): Promise<string> => {
    const error = (await t.throwsAsync(run)) as Error & { kind?: string; code?: string };
    return `${error.kind}:${error.code}`;
  };
  const create = (change: Parameters<typeof appealOf>[1]): Promise<string> =>
    refusal(hotline.create(appealOf('SQ-000009', change), citizen));
  t.is(await create({ title: '字'.repeat(31) }), 'refused:badAppeal');
  t.is(await create({ text: '太短' }), 'refused:badAppeal');
  t.is(await create({ townCode: '440117001' }), 'refused:notOurs');
  t.is(await create({ files: ['HF00000099'] }), 'refused:unknownFile');
  t.is(await create({ files: Array.from({ length: 10 }, (_, i) => `HF${i}`) }), 'refused:tooManyFiles');
  t.is(await create({ filedAt: days(2) }), 'refused:badAppeal', 'filed the day after tomorrow');
  const { appealNumber, queryCode } = await hotline.create(appealOf('SQ-000001'), citizen);
  const wrongCode = queryCode === '100000' ? '100001' : '100000';
  t.is(await refusal(hotline.query(appealNumber, wrongCode, citizen)), 'refused:unknownAppeal');
  t.is(await refusal(hotline.query('26112544011899999', queryCode, citizen)), 'refused:unknownAppeal');
  t.is(
    await refusal(hotline.query('../appeal?bizNo=SQ-000001', queryCode, citizen)),
    'refused:unknownAppeal',
  );
});

test.serial(
  'anonymous: the platform is told neither name nor phone; a report is secret unless anonymous',
  async (t) => {
    const { government, hotline } = t.context;
    await hotline.create(appealOf('SQ-000001', { contact: { way: 'anonymous' } }), citizen);
    t.deepEqual(government.hotline.find('SQ-000001')!.contact, {
      ...{ name: '', phone: '', anonymous: true, secret: false },
    });
    await hotline.create(appealOf('SQ-000002', { kind: 'report' }), citizen);
    t.like(government.hotline.find('SQ-000002')!.contact, { secret: true, anonymous: false });
  },
);

test.serial(
  'section 9 no. 18: consent to publish a report never leaves, and is not believed when the platform has it',
  async (t) => {
    const { government, hotline } = t.context;
    const { appealNumber, queryCode } = await hotline.create(
      appealOf('SQ-000001', { kind: 'report', mayBePublic: true }),
      citizen,
    );
    const ticket = government.hotline.find('SQ-000001')!;
    t.false(ticket.openConsent);
    ticket.openConsent = true; // somebody there ticked the box
    t.false((await hotline.query(appealNumber, queryCode, citizen)).mayBePublic);
    ticket.type = '6'; // a kind of a newer release
    t.like(await hotline.query(appealNumber, queryCode, citizen), { kind: null, mayBePublic: false });
    await hotline.create(appealOf('SQ-000002', { kind: 'question', mayBePublic: false }), citizen);
    t.false(government.hotline.find('SQ-000002')!.openConsent);
  },
);

const file = (text: string): AppealFile => {
  const bytes = Buffer.from(text);
  const md5 = createHash('md5').update(bytes).digest('hex');
  return { ourFileNumber: 'F-1', name: '现场.jpg', mime: 'image/jpeg', bytes, md5 };
};

test.serial('photos: the same file is one, other bytes are refused before they leave', async (t) => {
  const { government, hotline } = t.context;
  const first = await hotline.upload(file('照片'), citizen);
  t.deepEqual(await hotline.upload(file('照片'), citizen), first);
  const calls = government.calls('hotline');
  await t.throwsAsync(hotline.upload({ ...file('照片'), md5: '0'.repeat(32) }, citizen), {
    message: /digest/,
  });
  t.is(government.calls('hotline'), calls);
  const tooLarge = file('x'.repeat(5 * 1024 * 1024 + 1));
  t.like(await t.throwsAsync(hotline.upload(tooLarge, citizen)), { code: 'fileTooLarge' });
  await hotline.create(appealOf('SQ-000001', { files: [first.fileId] }), citizen);
  t.deepEqual(government.hotline.find('SQ-000001')!.attachments, [first.fileId]);
});

const changeOf = ({ appealNumber, queryCode }: AppealReceipt, ourNumber: string) => ({
  ...{ appealNumber, queryCode, ourNumber },
});

test.serial('a supplement sent twice is one; after the end there is none', async (t) => {
  const { government, hotline } = t.context;
  const receipt = await hotline.create(appealOf('SQ-000001'), citizen);
  const addition = { ...changeOf(receipt, 'BC-000001'), text: '昨晚又来了', files: [] };
  await hotline.supplement(addition, citizen);
  await hotline.supplement(addition, citizen);
  t.is(government.hotline.find('SQ-000001')!.supplements.length, 1);
  government.hotline.act('SQ-000001', { act: 'refuse', reason: '已进入诉讼程序' });
  await hotline.supplement(addition, citizen);
  const late = hotline.supplement({ ...addition, ourNumber: 'BC-000002' }, citizen);
  t.like(await t.throwsAsync(late), { code: 'notOpen' });
});

test.serial('urging: not before half of the time, once a day, the same number twice is one', async (t) => {
  const { government, hotline, time } = t.context;
  const receipt = await hotline.create(appealOf('SQ-000001'), citizen);
  const urge = (n: number): Promise<void> =>
    hotline.urge({ ...changeOf(receipt, `CB-00000${n}`), text: '' }, citizen);
  t.like(await t.throwsAsync(urge(1)), { code: 'notOpen' }, 'nobody has accepted it yet');
  government.hotline.act('SQ-000001', { act: 'accept' });
  const { dueAt } = await hotline.query(receipt.appealNumber, receipt.queryCode, citizen);
  t.is(dueAt!.toISOString(), '2026-12-09T10:00:00.000Z', 'ten working days after 25 November');
  t.like(await t.throwsAsync(urge(1)), { code: 'tooEarly' });
  time.now = days(8);
  await urge(1);
  await urge(1);
  t.like(await t.throwsAsync(urge(2)), { code: 'urgedToday' });
  time.now = days(9);
  await urge(2);
  t.is(government.hotline.find('SQ-000001')!.urges.length, 2);
});

test.serial('section 9 no. 17: 不满意 has it done again once; a second time the appeal ends', async (t) => {
  const { government, hotline } = t.context;
  const receipt = await hotline.create(appealOf('SQ-000001'), citizen);
  const rate = (n: number, satisfaction: 'satisfied' | 'dissatisfied'): Promise<{ redo: boolean }> =>
    hotline.rate({ ...changeOf(receipt, `PJ-00000${n}`), satisfaction, text: '没有解决' }, citizen);
  t.like(await t.throwsAsync(rate(1, 'dissatisfied')), { code: 'notOpen' });
  for (const act of toAnswered) government.hotline.act('SQ-000001', act);
  t.deepEqual(await rate(1, 'dissatisfied'), { redo: true });
  t.deepEqual(await rate(1, 'dissatisfied'), { redo: true }, 'the same rating again');
  for (const act of toAnswered.slice(3)) government.hotline.act('SQ-000001', act);
  t.deepEqual(await rate(2, 'dissatisfied'), { redo: false });
  t.like(await t.throwsAsync(rate(3, 'satisfied')), { code: 'rated' });
  const { events } = await hotline.query(receipt.appealNumber, receipt.queryCode, citizen);
  t.deepEqual(
    events.map(({ status }) => status),
    [10, 20, 30, 35, 50, 60, 95, 50, 60, 70],
  );
  t.is(events.filter(({ step }) => step === 'redo').length, 1);
});

test.serial(
  'the platform’s own people: an extension once, a ticket handed back, an act out of turn refused',
  async (t) => {
    const { government, hotline } = t.context;
    const { appealNumber, queryCode } = await hotline.create(appealOf('SQ-000001'), citizen);
    const act = (what: Act): unknown => government.hotline.act('SQ-000001', what);
    t.throws(() => act({ act: 'sign' }), { message: /不能执行/ });
    act({ act: 'accept' });
    act({ act: 'assign', dept: '区水务局' });
    act({ act: 'handBack', reason: '不属于本单位' });
    act({ act: 'assign', dept: '区城市管理和综合执法局' });
    act({ act: 'sign' });
    act({ act: 'askExtension', reason: '需要施工' });
    act({ act: 'extension', days: 5 });
    t.throws(() => act({ act: 'askExtension', reason: '还要' }), { message: /一次/ });
    const { dueAt } = await hotline.query(appealNumber, queryCode, citizen);
    t.is(dueAt!.toISOString(), '2026-12-16T10:00:00.000Z');
    act({ act: 'code', status: 47 });
    const { events } = await hotline.query(appealNumber, queryCode, citizen);
    t.like(events.at(-1), { step: 'unknown', status: 47 });
  },
);

test.serial(
  'section 9 no. 19: the feed brings every entry once; one that ran out, is withdrawn or begins later is not shown',
  async (t) => {
    const { government, hotline, time } = t.context;
    const feed = await hotline.knowledge(null);
    t.true(feed.fresh);
    t.is(feed.entries.length, government.hotline.knowledge.entries.length);
    t.true(feed.entries.length >= 62, 'two pages');
    const shown = shownEntries(feed.entries, morning);
    t.is(shown.length, feed.entries.length - 2);
    t.false(shown.some(({ title }) => title === '年审高峰期延时服务' || title === '新大厅启用'));
    t.true(shown.find(({ id }) => id === 'KB00001')!.answer.includes('\n'), 'lines, no marks');
    time.now = days(1);
    const put: typeof government.hotline.knowledge.put = (...change) =>
      government.hotline.knowledge.put(...change);
    put({ kbId: 'KB00001', validTo: '2026-11-26' }, time.now);
    put({ kbId: 'KB00002', state: '0' }, time.now);
    put({ kbId: 'KB00003', answer: '新的答案' }, time.now);
    const changed = await hotline.knowledge(new Date(time.now.getTime() - 60_000));
    t.deepEqual(
      changed.entries.map(({ id, version }) => [id, version]),
      [
        ['KB00001', 2],
        ['KB00002', 2],
        ['KB00003', 2],
      ],
    );
    const all = [...changed.entries, ...feed.entries]; // as they lie in a store, old and new
    const idsAt = (at: Date): string[] => shownEntries(all, at).map(({ id }) => id);
    t.true(
      idsAt(new Date('2026-11-26T15:59:59Z')).includes('KB00001'),
      'its last day counts whole, in Beijing',
    );
    t.false(
      idsAt(new Date('2026-11-26T16:00:00Z')).includes('KB00001'),
      'and the older version does not come back',
    );
    t.false(idsAt(time.now).includes('KB00002'));
    t.is(shownEntries(all, time.now).find(({ id }) => id === 'KB00003')!.answer, '新的答案');
    t.true(isShown({ validFrom: null, validTo: null, withdrawn: false }, morning));
  },
);

test.serial('while the platform is silent the last good feed is given, with its age', async (t) => {
  const { government, hotline } = t.context;
  const good = await hotline.knowledge(null);
  government.setProfile('hotline', { http5xx: 1 });
  const old = await hotline.knowledge(null);
  t.false(old.fresh);
  t.deepEqual(old.entries, good.entries);
  t.true(old.entries[0]!.changedAt instanceof Date);
  await t.throwsAsync(hotline.knowledge(morning), { message: /502/ }, 'changes have no old answer');
});

test.serial('every call is in the audit with its purpose, and none with what a citizen wrote', async (t) => {
  const { hotline } = t.context;
  const receipt = await hotline.create(appealOf('SQ-777777'), citizen);
  await hotline.query(receipt.appealNumber, receipt.queryCode, citizen);
  await callLog.flush();
  const rows = await CallModel.find({ system: 'hotline' }).lean();
  t.true(rows.some(({ operation, actor }) => operation === 'create' && actor === 'citizen:P1'));
  const text = JSON.stringify(rows);
  for (const secret of ['王小明', '13800000001', '烧烤', `"${receipt.queryCode}"`])
    t.false(text.includes(secret), secret);
});
