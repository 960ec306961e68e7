import anyTest, { type TestFn } from 'ava';
import { type Government, startGovernment } from '../../../mocks/government/server.ts';
import { systemClock } from '../../kernel/clock.ts';
import { useDatabase } from '../../testing/database.ts';
import { CallLog } from '../kit/callLog.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { SystemGate } from '../kit/systemGate.ts';
import { policyOf } from '../policies.ts';
import { createItemsSystem } from './client.ts';
import { audiencesFrom, recordFromExchange, recordFromPortal, timeLimit } from './mapping.ts';
import { batchPageSize, type ItemsSystem } from './port.ts';
import { typeLabelOf } from './typeCodes.ts';

const test = anyTest as TestFn;
useDatabase(anyTest as TestFn);

const gateway = { paasId: 'p', token: 'gateway-token' };

async function world(): Promise<{ government: Government; items: ItemsSystem; close(): Promise<void> }> {
  const government = await startGovernment({ identity: { clientId: 'a', clientSecret: 'b' }, gateway });
  const clock = systemClock();
  const policy = { ...policyOf('items'), maintenance: [], breaker: { failures: 1000, restMs: 100 } };
  const gate = new SystemGate(policy, { clock, callLog: new CallLog() });
  const items = createItemsSystem({ base: `${government.url}/items`, gateway, gate, clock });
  return {
    government,
    items,
    close: async () => void (await Promise.all([items.close(), government.close()])),
  };
}

const sample = {
  AUDIT_ITEM: {
    CATANAME: '食品经营许可（新办）',
    TASK_CODE: '11440118MB2X0001234440131007001',
    DEPT_NAME: '增城区市场监督管理局',
    SERVE_TYPE_TEXT: '法人,个体工商户',
    ANTICIPATE_DAY: '20',
    ANTICIPATE_TYPE_TEXT: '工作日',
    PROMISE_DAY: '5',
    PROMISE_TYPE_TEXT: '工作日',
    IS_FEE_TEXT: '否',
    ACCEPT_CONDITION: '1.有与经营相适应的场所&lt;br/&gt;2.有制度',
  },
  AUDIT_MATERIAL: [
    {
      ORDERNUM: '1',
      MATERIAL_NAME: '食品经营许可申请书',
      IS_NEED_TEXT: '必要',
      PAGE_NUM: '1',
      FORM_GUID: [{ ATTACHNAME: '申请书.docx', FILEPATH: '/files/a1' }],
    },
  ],
  AUDIT_QA: [{ QUESTION: '要多久', ANSWER: '5 个工作日' }],
};

test('contract: the sample detail of the portal', (t) => {
  t.like(recordFromPortal(sample), {
    code: '11440118MB2X0001234440131007001',
    departmentCode: '11440118MB2X000123',
    type: '01',
    typeLabel: '行政许可',
    audiences: ['enterprise'],
    legalTime: { kind: 'days', amount: 20, unit: 'workday' },
    promisedTime: { kind: 'days', amount: 5, unit: 'workday' },
    conditions: ['有与经营相适应的场所', '有制度'],
    materials: [
      {
        name: '食品经营许可申请书',
        needed: true,
        copies: 1,
        note: null,
        blankForms: [{ name: '申请书.docx', address: '/files/a1' }],
        samples: [],
      },
    ],
    doubts: [],
  });
  t.is(recordFromPortal({ errCode: '404', errMsg: '未找到匹配的信息' }), null);
  t.throws(() => recordFromPortal({}), { instanceOf: GovernmentError });
});

test('times, audiences and types in all their spellings', (t) => {
  t.deepEqual(timeLimit('0', true, null), { kind: 'onTheSpot' });
  t.deepEqual(timeLimit('5', true, '即办'), { kind: 'onTheSpot' });
  t.deepEqual(timeLimit('15', false, null), { kind: 'days', amount: 15, unit: 'naturalday' });
  t.deepEqual(timeLimit(null, true, '按年度批次'), { kind: 'words', text: '按年度批次' });
  t.is(timeLimit(null, true, null), null);
  t.deepEqual(audiencesFrom('1'), ['personal']);
  t.deepEqual(audiencesFrom('1,2'), ['personal', 'enterprise']);
  t.deepEqual(audiencesFrom('自然人'), ['personal']);
  t.deepEqual(audiencesFrom(null), ['personal', 'enterprise']);
  t.is(typeLabelOf('08'), '行政奖励');
  t.is(typeLabelOf('77'), '其他');
  t.is(typeLabelOf('XK', 'letters'), '行政许可');
});

test('a promise of one day without words is doubted, not believed silently', (t) => {
  const row = { task_code: sample.AUDIT_ITEM.TASK_CODE, task_name: 'x', dept_name: 'y', promise_day: '1' };
  t.is(recordFromExchange({ ...row, promise_explain: '' }).doubts.length, 1);
  t.is(recordFromExchange({ ...row, promise_explain: '1个工作日' }).doubts.length, 0);
});

test('R1.2, R1.3: a matter that asks for property or social-security proofs is marked', (t) => {
  const row = { task_code: sample.AUDIT_ITEM.TASK_CODE, task_name: 'x', dept_name: 'y' };
  const withMaterials = (...names: string[]) =>
    recordFromExchange({ ...row, materials: names.map((name) => ({ material_name: name })) }).proofs;
  t.deepEqual(withMaterials('不动产权证书', '身份证'), ['property']);
  t.deepEqual(withMaterials('参保证明'), ['socialSecurity']);
  t.deepEqual(withMaterials('身份证'), []);
});

test('a whole delivery of 2,245 matters: every row is read, clean, and the counts agree', async (t) => {
  const { items, close } = await world();
  t.teardown(close);
  const batch = await items.latestBatch();
  t.is(batch.total, 2245);
  const pages = Array.from({ length: Math.ceil(batch.total / batchPageSize) }, (_, i) => i + 1);
  t.is(pages.length, 12);
  const records = (await Promise.all(pages.map((page) => items.batchPage(batch.id, page)))).flat();
  t.is(new Set(records.map(({ code }) => code)).size, 2245);
  t.is(
    records.reduce((sum, { materials }) => sum + materials.length, 0),
    batch.materials,
  );
  for (const { conditions, questions, steps } of records) {
    t.true(conditions.length >= 2);
    for (const text of [...conditions, ...steps, ...questions.map(({ answer }) => answer)])
      t.notRegex(text, /[<>]|[^\P{Cc}\n]|&\w+;/u);
    for (const text of [...conditions, ...steps]) t.notRegex(text, /^\d\./);
  }
});

test('one matter on demand; unknown ones are null; with the source down the last good guide comes with its date', async (t) => {
  const { government, items, close } = await world();
  t.teardown(close);
  const [code] = government.items.codes() as [string];
  const fresh = await items.detail(code, null);
  t.true(fresh.fresh);
  t.is(fresh.matter?.version, 3);
  t.is((await items.detail('11440118MB2X0001234440199999999', null)).matter, null);
  for (const fault of [{ http5xx: 1 }, { htmlErrRate: 1 }, { bizErrRate: 1 }]) {
    government.setProfile('items', fault);
    const old = await items.detail(code, null);
    t.false(old.fresh);
    t.deepEqual(old.matter, fresh.matter);
    t.true(old.at <= new Date());
  }
});

test('answers in GBK are read, a wrong signature is refused', async (t) => {
  const { government, items, close } = await world();
  t.teardown(close);
  const plain = await items.batchPage((await items.latestBatch()).id, 1);
  government.setProfile('items', { gbk: true });
  t.deepEqual(await items.batchPage((await items.latestBatch()).id, 1), plain);
  const clock = systemClock();
  const stranger = createItemsSystem({
    base: `${government.url}/items`,
    gateway: { paasId: 'p', token: 'wrong' },
    gate: new SystemGate({ ...policyOf('items'), maintenance: [] }, { clock, callLog: new CallLog() }),
    clock,
  });
  t.teardown(() => void stranger.close());
  t.like(await t.throwsAsync(stranger.latestBatch()), { kind: 'refused', code: 'FAIL' });
});
