import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { canonical, newPair, signed } from './accept/sign.ts';
import { gatewayHeadersOf } from './core/gateway.ts';
import { type Government, startGovernment } from './server.ts';

const hall = newPair();
const own = newPair();
const gateway = { paasId: 'zc', token: 'gateway-token' };
const licences = { appKey: 'k', appSecret: 's', account: 'a', password: 'p' };

const open = (dir?: string): Promise<Government> =>
  startGovernment({
    identity: { clientId: 'a', clientSecret: 'b' },
    ...{ gateway, licences, dir, accept: { hallPublicKey: hall.publicKey, own } },
    now: () => new Date('2026-11-25T02:00:00Z'),
  });

async function opened(t: ExecutionContext): Promise<Government> {
  const government = await open();
  t.teardown(() => government.close());
  return government;
}

const post = async (
  government: Government,
  target: string,
  body: unknown,
): Promise<[number, Record<string, unknown>]> => {
  const answer = await fetch(government.url + target, { method: 'POST', body: JSON.stringify(body) });
  return [answer.status, (await answer.json()) as Record<string, unknown>];
};

/** 失业登记, as a hall would send it. */
async function handIn(
  government: Government,
  bizNo: string,
  key = hall.privateKey,
): Promise<Record<string, unknown>> {
  const paper = (seq: string) => ({ STUFF_SEQ: seq, CLMC: seq, CLLX: '0', WJLX: '0' });
  const body = {
    ...{
      bizNo,
      taskCode: '11440118MB2X00207W4442031811000',
      formId: 'SYDJ-RS',
      formVersion: 1,
      situation: '',
    },
    applicant: { SQRLX: '1', SQRMC: '王小明', SQRZJLX: '10', SQRZJHM: '440118199001010019', USERIDCODE: '' },
    agent: { LXRXM: '王小明', LXRZJLX: '10', LXRSFZJHM: '440118199001010019', LXRSJ: '13800000001' },
    ...{ WSSBQD: '3', OBTAIN_PAPER_WAY: '0', RGHC: '0' },
    form: {
      ...{ SQRMC: '王小明', SQRZJHM: '440118199001010019', LXRSJ: '13800000001', SYRQ: '2026-11-01' },
      ...{ SYYY: 'end', YDW: '示例单位', QZYY: false, promise: { agreed: true, textVersion: '2026-01' } },
    },
    materials: [paper('M001'), paper('M002')],
  };
  const signature = { alg: 'SM2withSM3', value: signed(key, canonical(body)) };
  const answer = await fetch(`${government.url}/accept/api/submit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...gatewayHeadersOf(gateway, new Date()) },
    body: JSON.stringify({ ...body, signature }),
  });
  return (await answer.json()) as Record<string, unknown>;
}

test('acceptance: unsigned, wrongly signed and not through the gateway is refused in its own words', async (t) => {
  const government = await opened(t);
  t.like(await handIn(government, 'ZC-000001', newPair().privateKey), { code: 4201 });
  const bare = await fetch(`${government.url}/accept/api/forms`);
  t.like(await bare.json(), { code: 'FAIL', msg: '鉴权参数不完整，请求不合法。' });
  t.is(government.accept.cases.length, 0);
  t.like(await handIn(government, 'ZC-000001'), { code: 0, msg: '成功' });
});

test('acceptance: an official’s acts by an admin call; what the life of a case forbids, or lacks a word, is 400 with the reason', async (t) => {
  const government = await opened(t);
  const { sblshShort } = await handIn(government, 'ZC-000001');
  const target = `/__mock/accept/cases/${sblshShort}`;
  t.is((await post(government, target, { act: 'decide', verdict: '0' }))[0], 400, 'not accepted yet');
  t.regex(String((await post(government, target, { act: 'dance' }))[1]['error']), /unknown act/);
  t.is((await post(government, target, { act: 'accept' }))[0], 400, 'no verdict');
  t.is((await post(government, '/__mock/accept/cases/0', { act: 'examine' }))[0], 400);
  t.like((await post(government, target, { act: 'accept', verdict: '1' }))[1], { stage: 'accepted' });
  t.like((await post(government, target, { act: 'correction', reason: '缺图' }))[1], { stage: 'correction' });
  t.like((await post(government, target, { act: 'hold' }))[1], { byHand: true });
});

test('acceptance: after acceptance a correction may be asked once', async (t) => {
  const government = await opened(t);
  await handIn(government, 'ZC-000001');
  government.accept.act('ZC-000001', { act: 'accept', verdict: '1' });
  government.accept.act('ZC-000001', { act: 'correction', reason: '缺图' });
  const found = government.accept.find('ZC-000001')!;
  found.stage = 'accepted'; // as if it had been mended
  t.throws(() => government.accept.act('ZC-000001', { act: 'correction', reason: '再补' }), {
    message: /一次/,
  });
});

test('what was accepted shows in the exchange; what was granted becomes a licence', async (t) => {
  const government = await opened(t);
  await handIn(government, 'ZC-000001');
  const tables = government.progress.rows.map(({ table }) => table);
  t.deepEqual([...new Set(tables)], ['EX_GDBS_SB', 'EX_GDBS_SBCL']);
  const before = government.licences.licences.length;
  government.accept.act('ZC-000001', { act: 'accept', verdict: '1' });
  government.accept.act('ZC-000001', { act: 'decide', verdict: '0' });
  t.is(government.licences.licences.length, before, 'this matter gives none');
  t.is(government.progress.rows.at(-1)?.table, 'EX_GDBS_BJ');
});

test('cases, rows and licences survive a restart', async (t) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'government-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  const first = await open(dir);
  const { sblshShort } = await handIn(first, 'ZC-000001');
  first.progress.addDemoCases();
  const rows = first.progress.rows.length;
  const code = first.licences.licences[0]!.code;
  first.licences.setStatus(code, 'SUSPENDED');
  await first.close();
  const second = await open(dir);
  t.teardown(() => second.close());
  t.is(second.accept.find('ZC-000001')?.sblshShort, String(sblshShort));
  second.progress.addDemoCases();
  t.is(second.progress.rows.length, rows, 'the demo cases are there already');
  t.is(second.licences.licences.find((each) => each.code === code)?.status, 'SUSPENDED');
  t.like(await handIn(second, 'ZC-000002'), { sblshShort: String(BigInt(sblshShort as string) + 1n) });
});

test('licences: without the right account there is no token, without a token no licence', async (t) => {
  const government = await opened(t);
  const root = '/licences/license-app/v1';
  const [, wrong] = await post(government, `${root}/security/login`, { app_key: 'k', app_secret: 'x' });
  t.like(wrong, { ack_code: 'FAILURE' });
  const [, none] = await post(government, `${root}/license/auth?access_token=guess`, {
    identity_number: '440118199001010019',
    ...{ service_item_code: 'x', service_item_name: 'y' },
  });
  t.like(none, { ack_code: 'FAILURE' });
  t.is(none['data'], undefined);
  const account = { app_key: 'k', app_secret: 's', account: 'a', password: 'p' };
  const [, { access_token: token }] = await post(government, `${root}/security/login`, account);
  const [, unasked] = await post(government, `${root}/license/auth?access_token=${token}`, {
    identity_number: '440118199001010019',
    ...{ service_item_code: 'x', service_item_name: 'y' },
  });
  t.deepEqual(unasked['errors'], [{ code: 'E_AUTHORIZATION', message: '缺少持证人授权' }]);
});
