import anyTest, { type TestFn } from 'ava';
import iconv from 'iconv-lite';
import type { Government } from '../../../mocks/government/server.ts';
import { systemClock, TestClock } from '../../kernel/clock.ts';
import { createFieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { useDatabase } from '../../testing/database.ts';
import { callLog, gateway, governmentOf, listenWith, openGate } from '../accept/testing/acceptWorld.ts';
import { writeBatch } from '../kit/frontTable.ts';
import { gatewayHeaders } from '../kit/gatewaySignature.ts';
import type { GovernmentError } from '../kit/governmentError.ts';
import { SystemGate } from '../kit/systemGate.ts';
import { escapeXml } from '../kit/xmlWriter.ts';
import { policyOf } from '../policies.ts';
import type { CaseEvent } from './caseEvent.ts';
import { createProgressSystem } from './client.ts';
import { exchangePath, exchangeService } from './exchangeService.ts';
import { casesOfApplicant, eventsOfCase } from './findEvents.ts';
import { eventFromRow } from './fromRow.ts';
import { ProgressRowModel } from './rowModel.ts';
import { emptyFrontTable, type ProgressInbox, takeRows } from './takeRows.ts';
import { rowFromEvent } from './toRow.ts';
import { UnreadRowModel, unreadRows } from './unreadRows.ts';

interface World {
  government: Government;
  progress: ReturnType<typeof createProgressSystem>;
  hall: Awaited<ReturnType<typeof listenWith>>;
  inbox: ProgressInbox;
  told: CaseEvent[];
}

const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

const clock = systemClock();
const cipher = createFieldCipher({ fieldKeys: ['1'.repeat(32)], indexKey: '2'.repeat(64) });
const nobody = { kind: 'system' } as const;
const caseNumber = '44011820261124000123';
const matter = '11440118MB2X0001234440131007001';
const row = (table: string, fields: Record<string, string>) => ({
  table,
  fields: { SBLSH_SHORT: caseNumber, SXBM: matter, ...fields },
});
const applied = row('EX_GDBS_SB', {
  ...{
    SXMC: '食品经营许可（新办）',
    SQRLX: '2',
    SQRMC: '增城示例餐饮店',
    SQRZJLX: '49',
    SQRZJHM: '91440118MA9X000111',
  },
  ...{ LXRXM: '李志明', LXRSJ: '13800000003', SBSJ: '2026-11-24 09:58:01', VERSION: '1' },
});
const accepted = (version: string, receipt: string) =>
  row('EX_GDBS_SL', {
    SLZTDM: '1',
    SLHZH: receipt,
    YWCXMM: '482913',
    SLSJ: '2026-11-24 10:21:33',
    VERSION: version,
  });
const closed = row('EX_GDBS_BJ', {
  BJJGDM: '0',
  BJJGMS: '准予许可',
  BJSJ: '2026-11-25 16:00:00',
  VERSION: '1',
});

test.beforeEach(async (t) => {
  const told: CaseEvent[] = [];
  const inbox: ProgressInbox = { clock, cipher, onEvent: async (event) => void told.push(event) };
  const take = async (rows: Parameters<typeof takeRows>[1]): Promise<void> =>
    void (await takeRows(inbox, rows));
  const service = exchangeService({ gateway, clock, take });
  const hall = await listenWith(() => service);
  const government = await governmentOf({ hallUrl: hall.url });
  const progress = createProgressSystem({
    base: `${government.url}/progress`,
    ...{ gateway, gate: openGate('progress'), clock },
  });
  Object.assign(t.context, { government, progress, hall, inbox, told });
  await Promise.all([ProgressRowModel.deleteMany({}), UnreadRowModel.deleteMany({})]);
});
test.afterEach.always(async ({ context: { government, hall, progress } }) => {
  await Promise.all([government?.close(), hall?.close(), progress?.close()]);
});

const steps = async (): Promise<string[]> => (await eventsOfCase(cipher, caseNumber)).map(({ step }) => step);

test.serial(
  'section 9 no. 13: the decision arrives before the acceptance, the acceptance comes again as version 2; kept once, by time',
  async (t) => {
    const { government, progress, told } = t.context;
    government.setProfile('progress', { dupCallback: 2 });
    for (const each of [
      closed,
      accepted('1', '一号'),
      accepted('2', '二号'),
      accepted('1', '一号'),
      applied,
    ]) {
      government.progress.add(each);
      await government.progress.settled();
    }
    t.deepEqual(await steps(), ['applied', 'accepted', 'closed']);
    t.like((await eventsOfCase(cipher, caseNumber))[1], { version: 2, receiptNumber: '二号' });
    t.deepEqual(
      [...new Set(told.map(({ step }) => step))],
      ['closed', 'accepted', 'applied'],
      'told as it came',
    );
    t.true(
      government.progress.rows.every(({ taken }) => taken),
      'what was kept is set taken there',
    );
    t.is((await progress.untaken(10)).length, 0);
  },
);

test.serial(
  'section 9 no. 13: a case that nobody here knows is kept, and found by its applicant',
  async (t) => {
    const { government } = t.context;
    government.progress.add(applied);
    await government.progress.settled();
    const [found, ...others] = await casesOfApplicant(cipher, '91440118MA9X000111', { limit: 10 });
    t.is(found?.caseNumber, caseNumber);
    t.is(others.length, 0);
    t.deepEqual(await casesOfApplicant(cipher, '440118199001010019', { limit: 10 }), []);
    t.like((await eventsOfCase(cipher, caseNumber))[0], { channel: 'hall', applicant: { kind: 'firm' } });
  },
);

test.serial(
  'gap: pushes that were lost are taken from the front table, dirty, doubled and out of order, and set taken',
  async (t) => {
    const { government, progress, inbox } = t.context;
    government.progress.pushes = false;
    for (const each of [applied, accepted('1', '一号'), closed]) government.progress.add(each);
    government.progress.add({ table: 'EX_GDBS_NEW', fields: { SBLSH_SHORT: caseNumber, VERSION: '1' } });
    government.setProfile('progress', { dupCallback: 2, outOfOrder: true, gbk: true });
    t.is(await emptyFrontTable(inbox, progress), 3);
    t.deepEqual(await steps(), ['applied', 'accepted', 'closed']);
    t.true(
      government.progress.rows.every(({ taken }) => taken),
      'also what nobody can read, or it would block for ever',
    );
    const [unread, ...others] = await unreadRows(cipher, 10);
    t.like(unread, { table: 'EX_GDBS_NEW', raw: { SBLSH_SHORT: caseNumber } });
    t.is(others.length, 0, 'kept once, as it came');
    t.notRegex(JSON.stringify(await UnreadRowModel.find().lean()), new RegExp(caseNumber));
    t.is(await emptyFrontTable(inbox, progress), 0);
  },
);

test.serial('what was kept but not acknowledged comes again and changes nothing', async (t) => {
  const { government, progress, inbox } = t.context;
  government.progress.pushes = false;
  government.progress.add(applied);
  const taken = await progress.untaken(10);
  t.is(await takeRows(inbox, taken), 1);
  t.is(await emptyFrontTable(inbox, progress), 0);
  t.is(await ProgressRowModel.countDocuments(), 1);
});

test.serial('a handler that fails is told again, because the row is not acknowledged', async (t) => {
  const { government, progress, inbox, told } = t.context;
  government.progress.pushes = false;
  government.progress.add(applied);
  const failing: ProgressInbox = { ...inbox, onEvent: () => Promise.reject(new Error('kill -9')) };
  await t.throwsAsync(emptyFrontTable(failing, progress), { message: 'kill -9' });
  await emptyFrontTable(inbox, progress);
  t.deepEqual(
    told.map(({ step }) => step),
    ['applied'],
  );
});

test.serial(
  'at rest a row is sealed: neither name nor number nor phone can be read in the store',
  async (t) => {
    await takeRows(t.context.inbox, [{ table: applied.table, raw: applied.fields }]);
    const stored = JSON.stringify(await ProgressRowModel.find().lean());
    t.notRegex(stored, /示例餐饮店|91440118MA9X000111|李志明|13800000003/);
  },
);

test.serial('one case asked for by SOAP', async (t) => {
  const { government, progress } = t.context;
  for (const each of [closed, applied]) government.progress.add(each);
  const events = await progress.caseEvents(caseNumber, nobody);
  t.deepEqual(
    events.map(({ step }) => step),
    ['closed', 'applied'],
  );
  t.deepEqual(await progress.caseEvents('44011820261124999999', nobody), []);
});

test.serial(
  'R5.3.2: the portal by name and number: signed, or with a captcha that works once; a wrong name and no case are told alike',
  async (t) => {
    const { government, progress } = t.context;
    for (const each of [applied, accepted('1', '一号')]) government.progress.add(each);
    const question = { name: '增城示例餐饮店', caseNumber };
    const shown = await progress.query(question, null, nobody);
    t.like(shown, { caseNumber, applicantMasked: '增*店', state: '已受理', promisedDay: null });
    t.deepEqual(shown.steps, [
      { name: '申办', at: new Date('2026-11-24T01:58:01Z') },
      { name: '受理', at: new Date('2026-11-24T02:21:33Z') },
    ]);
    const { token, svg } = await progress.captcha(nobody);
    t.regex(svg, /^<svg /);
    t.like(await t.throwsAsync(progress.query(question, { token, answer: '0000' }, nobody)), {
      code: 'captcha',
    });
    const fresh = await progress.captcha(nobody);
    const answer = government.progress.answerOf(fresh.token)!;
    t.is((await progress.query(question, { token: fresh.token, answer }, nobody)).caseNumber, caseNumber);
    t.like(await t.throwsAsync(progress.query(question, { token: fresh.token, answer }, nobody)), {
      code: 'captcha',
    });
    const misses = [
      { name: '王小明', caseNumber },
      { name: '增城示例餐饮店', caseNumber: '44011820261124999999' },
    ];
    const errors = await Promise.all(misses.map((each) => t.throwsAsync(progress.query(each, null, nobody))));
    t.is((errors[0] as GovernmentError).code, 'notFound');
    t.is(errors[0]?.message, errors[1]?.message);
    for (let i = 0; i < 4; i++) await t.throwsAsync(progress.query(misses[0]!, null, nobody));
    t.like(
      await t.throwsAsync(progress.query(question, null, nobody)),
      { code: 'tooOften' },
      'a guesser is slowed',
    );
  },
);

test.serial(
  'the exchange is believed only through the gateway; a push in GBK with any prefix is read, rubbish is not',
  async (t) => {
    const { hall, told } = t.context;
    const xml = (inner: string): string =>
      `<?xml version="1.0" encoding="GBK"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><setDataXmlToFocus xmlns="http://exchange.example.gov.cn/"><sIdentify>zc</sIdentify><sTable>EX_GDBS_SB</sTable><sXml>${escapeXml(inner)}</sXml></setDataXmlToFocus></S:Body></S:Envelope>`;
    const post = async (body: string, headers: Record<string, string>): Promise<string> => {
      const answer = await fetch(hall.url + exchangePath, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', ...headers },
        body: new Uint8Array(iconv.encode(body, 'gbk')),
      });
      return /&lt;CODE&gt;(\d+)&lt;/.exec(await answer.text())?.[1] ?? 'none';
    };
    const fresh = (): Record<string, string> => gatewayHeaders(gateway, clock.wall());
    const good = xml(writeBatch({ table: 'EX_GDBS_SB', rows: [applied.fields] }, 'GBK'));
    t.is(await post(good, {}), '401');
    t.is(await post(good, gatewayHeaders({ ...gateway, token: 'another-token' }, clock.wall())), '401');
    for (const bad of [
      '<a',
      xml('<x/>'),
      xml('<!DOCTYPE a [<!ENTITY b "c">]><DATA table="T"/>'),
      '<!DOCTYPE x><x/>',
    ])
      t.is(await post(bad, fresh()), '400', bad.slice(0, 60));
    t.is(told.length, 0);
    t.is(await post(good, fresh()), '0');
    t.like(told[0], { step: 'applied', applicant: { name: '增城示例餐饮店' } });
  },
);

test.serial('the exchange is silent on Saturday night: nothing is asked, the rows wait', async (t) => {
  const { government } = t.context;
  const saturday = new TestClock(new Date('2026-11-28T13:00:00Z')); // 21:00 in Beijing
  government.setProfile('progress', { weekendMaint: true });

  const gate = new SystemGate(policyOf('progress'), { clock: saturday, callLog });
  const progress = createProgressSystem({ base: `${government.url}/progress`, gateway, gate, clock });
  t.teardown(() => progress.close());
  const calls = government.calls('progress');
  t.like(await t.throwsAsync(progress.untaken(10)), {
    kind: 'closed',
    until: new Date('2026-11-29T00:00:00Z'),
  });
  t.is(government.calls('progress'), calls);
});

test('a row becomes an event and the same row again, for every step; unknown codes stay unknown and throw nothing', (t) => {
  const at = new Date('2026-11-24T02:21:33Z');
  const fields: Readonly<Record<string, Record<string, string>>> = {
    EX_GDBS_SB: { ...applied.fields },
    EX_GDBS_WSYSL: { YSLZTDM: '3', YSLYY: '缺图', YSLSJ: '2026-11-24 10:21:33' },
    EX_GDBS_SL: { SLZTDM: '4', BSLYY: '不属于本机关', SLSJ: '20261124102133' },
    EX_GDBS_SPCL: { SPHJDM: '2', SPYJ: '同意', SPSJ: '2026-11-24 10:21:33' },
    EX_GDBS_BZGZ: {
      BZGZYY: '缺图',
      BZCLQD: '1.平面图&amp;lt;br&amp;gt;2.制度',
      BQBZCLBM: 'M002，M003',
      BZZD: 'MJ',
      PATCH_TIMELIMIT: '5',
      BZGZSJ: '2026-11-24 10:21:33',
    },
    EX_GDBS_BZSL: { BZSLSJ: '2026-11-24 10:21:33' },
    EX_GDBS_TBCXSQ: {
      TBCXZL: 'B',
      TBCXMC: '检测',
      TBCXSX: '0',
      TBCXSXDW: 'G',
      TBCXSQSJ: '2026-11-24 10:21:33',
    },
    EX_GDBS_TBCXJG: { TBCXJG: '合格', TBCXJSSJ: '2026-11-24 10:21:33' },
    EX_GDBS_SPJG: {
      SPJGFJ: '[{"id":"D1","name":"证.pdf","md5":"0a"}]',
      ZZBS: 'L1',
      SPJGSJ: '2026-11-24 10:21:33',
    },
    EX_GDBS_BJ: { BJJGDM: '6', BJJGMS: '不予许可', BJSJ: '2026-11-24 10:21:33' },
    EX_GDBS_LQDJ: { LQFS: '1', YJDH: 'EMS1', LQSJ: '2026-11-24 10:21:33' },
  };
  for (const [table, columns] of Object.entries(fields)) {
    const event = eventFromRow(table, { SBLSH_SHORT: caseNumber, ...columns, VERSION: '3' });
    t.truthy(event, table);
    if (table !== 'EX_GDBS_SB') t.deepEqual(event?.at, at, table);
    t.is(event?.version, 3);
    t.deepEqual(eventFromRow(table, rowFromEvent(event!)), event, table);
  }
  t.like(eventFromRow('EX_GDBS_BZGZ', { SBLSH_SHORT: caseNumber, ...fields['EX_GDBS_BZGZ']! }), {
    materials: ['M002', 'M003'],
    fields: ['MJ'],
    list: '1.平面图\n2.制度',
    limitDays: 5,
  });
  t.like(eventFromRow('EX_GDBS_BJ', { SBLSH_SHORT: caseNumber, ...fields['EX_GDBS_BJ']! }), {
    verdict: 'done',
    granted: false,
  });
  t.like(eventFromRow('EX_GDBS_TBCXSQ', { SBLSH_SHORT: caseNumber, ...fields['EX_GDBS_TBCXSQ']! }), {
    kind: 'B',
    limit: null,
  });
  t.like(eventFromRow('EX_GDBS_SL', { SBLSH_SHORT: caseNumber, SLZTDM: '77', SLSJ: '2026-11-24 10:21:33' }), {
    verdict: 'unknown',
  });
  t.is(
    eventFromRow('EX_GDBS_SL', { SBLSH_SHORT: caseNumber, SLZTDM: '1', SLSJ: '2026-02-31 10:21:33' }),
    null,
  );
  t.is(eventFromRow('EX_GDBS_SL', { SLSJ: '2026-11-24 10:21:33' }), null);
  t.is(eventFromRow('OTHER', { SBLSH_SHORT: caseNumber }), null);
});
