import anyTest, { type TestFn } from 'ava';
import mongoose from 'mongoose';
import type { Government } from '../../../mocks/government/server.ts';
import { parseLicenceId } from '../../kernel/identifiers/licenceId.ts';
import { useDatabase } from '../../testing/database.ts';
import { callLog, governmentOf, openGate } from '../accept/testing/acceptWorld.ts';
import { CallModel } from '../kit/callLog.ts';
import type { GovernmentError } from '../kit/governmentError.ts';
import { createLicenceSystem } from './client.ts';
import { maskedFields } from './maskFields.ts';
import type { LicenceSummary } from './port.ts';
import { licenceFor } from './standFor.ts';
import { asking, licenceClient, licenceKeys } from './testing/licenceWorld.ts';

interface World {
  government: Government;
  licences: ReturnType<typeof licenceClient>;
}

const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

const wang = '440118199001010019';
const bakery = '91440118MA9X000111';
const types = {
  residentId: '11100000000013127D001',
  healthCertificate: '11100000MB2X90011Q009',
  hygieneLicence: '11100000MB2X90011Q003',
};
const anybody = { kind: 'system' } as const;

test.beforeEach(async (t) => {
  t.context.government = await governmentOf({ licences: licenceKeys, seed: 3 });
  t.context.licences = licenceClient(`${t.context.government.url}/licences`);
});
test.afterEach.always(async ({ context: { government, licences } }) => {
  await Promise.all([government?.close(), licences?.close()]);
});

const logins = (government: Government): number =>
  government.traffic('licences').filter(({ path }) => path.includes('/security/login')).length;

test.serial(
  'a person’s licences are listed for one matter, each with a national id that holds; others’ are not among them',
  async (t) => {
    const { licences } = t.context;
    const held = await licences.held(asking(wang));
    t.true(held.length >= 4);
    for (const { nationalId, code, type, authCode } of held) {
      t.is(nationalId, code);
      t.is(parseLicenceId(code)?.type, type);
      t.truthy(authCode);
    }
    const firm = await licences.held(asking(bakery));
    t.deepEqual(firm.map(({ name }) => name).sort(), ['公共场所卫生许可证', '营业执照']);
    t.deepEqual(await licences.held(asking('440118198812150029')), []);
  },
);

test.serial('a licence is read and its archive fetched with its code, for its own matter only', async (t) => {
  const { licences } = t.context;
  const idCard = (await licences.held(asking(wang))).find(({ type }) => type === types.residentId)!;
  const content = await licences.read(idCard.authCode, asking(wang));
  t.like(content, { code: idCard.code, fields: { XM: '王小明', ZJHM: wang } });
  const { name, bytes } = await licences.archive(idCard.authCode, asking(wang));
  t.is(name, '居民身份证.pdf');
  t.is(bytes.subarray(0, 5).toString(), '%PDF-');
  const elsewhere = asking(wang, { purpose: { matterCode: 'x', matterName: '别的事项', ourNumber: 'ZC-2' } });
  t.like(await t.throwsAsync(licences.read(idCard.authCode, elsewhere)), {
    kind: 'refused',
    code: 'notYours',
  });
  t.like(await t.throwsAsync(licences.read('0', asking(wang))), { kind: 'refused', code: 'authExpired' });
});

test.serial('PIPL: without the holder’s word nothing is sent', async (t) => {
  const { licences, government } = t.context;
  const without = asking(wang, { consent: { textVersion: '', givenAt: new Date() } });
  for (const run of [
    () => licences.held(without),
    () => licences.read('1', without),
    () => licences.archive('1', without),
  ])
    t.like(await t.throwsAsync(run()), { kind: 'refused', code: 'noConsent', notSent: true });
  t.is(government.calls('licences'), 0);
});

test.serial(
  'one log-in serves all; an expired token is renewed, whether it says so or looks like success without data',
  async (t) => {
    const { licences, government } = t.context;
    await Promise.all([
      licences.held(asking(wang)),
      licences.held(asking(bakery)),
      licences.held(asking(wang)),
    ]);
    t.is(logins(government), 1);
    for (const empty of [false, true]) {
      government.licences.emptyWhenExpired = empty;
      government.licences.expireTokens();
      t.true((await licences.held(asking(wang))).length > 0, String(empty));
    }
    t.is(logins(government), 3);
  },
);

test.serial('an account that is not ours is a refusal, trouble is an outage', async (t) => {
  const { government } = t.context;
  const wrong = createLicenceSystem({
    base: `${government.url}/licences`,
    keys: { ...licenceKeys, password: 'other' },
    gate: openGate('licences'),
    operator: { division: '增城区', divisionCode: '440118000000' },
  });
  t.teardown(() => wrong.close());
  t.like(await t.throwsAsync(wrong.held(asking(wang))), { kind: 'refused', code: 'other' });
  const hurried = licenceClient(`${government.url}/licences`, { timeoutMs: 300 });
  t.teardown(() => hurried.close());
  for (const fault of [{ http5xx: 1 }, { htmlErrRate: 1 }, { bizErrRate: 1 }, { timeoutRate: 1 }]) {
    government.setProfile('licences', fault);
    const error = (await t.throwsAsync(hurried.held(asking(wang)))) as GovernmentError;
    t.true(error.retryable, `${error.kind}:${error.code}`);
  }
});

test.serial(
  'a licence by its code: genuine and valid, withdrawn, unknown, and an id that fails its check is not even asked',
  async (t) => {
    const { licences, government } = t.context;
    const all = government.licences.licences;
    const idCard = all.find(({ type, holder }) => type === types.residentId && holder.idNumber === wang)!;
    t.like(await licences.verify(idCard.code, anybody), {
      genuine: true,
      name: '居民身份证',
      state: 'issued',
      holderMasked: '王*明',
    });
    government.licences.setStatus(idCard.code, 'SUSPENDED');
    t.like(await licences.verify(idCard.code, anybody), { genuine: true, state: 'suspended' });
    t.like(await licences.verify('440100202600001ZC', anybody), {
      genuine: false,
      name: null,
      holderMasked: null,
    });
    const calls = government.calls('licences');
    const broken = idCard.code.slice(0, -1) + (idCard.code.endsWith('A') ? 'B' : 'A');
    t.like(await t.throwsAsync(licences.verify(broken, anybody)), { kind: 'refused', code: 'badId' });
    t.is(government.calls('licences'), calls);
  },
);

test.serial(
  '免提交: a licence stands for a paper only of the right type, issued and not run out',
  async (t) => {
    const { licences } = t.context;
    const today = '2026-11-25';
    const own = await licences.held(asking(wang));
    t.like(licenceFor(types.residentId, own, today), { kind: 'licence', licence: { name: '居民身份证' } });
    t.like(licenceFor(types.healthCertificate, own, today), { kind: 'unusable', why: 'expired' });
    t.like(licenceFor(types.hygieneLicence, await licences.held(asking(bakery)), today), {
      kind: 'unusable',
      why: 'notValid',
    });
    t.deepEqual(licenceFor('11100000000013127D999', own, today), { kind: 'none' });
    const one = (validUntil: string | null, code: string): LicenceSummary => ({
      ...own[0]!,
      ...{ type: 'T', state: 'issued', validUntil, code },
    });
    const many = [one('2026-11-25', 'last day'), one('20270101', 'longer'), one('2026-11-24', 'gone')];
    t.like(licenceFor('T', many, today), { kind: 'licence', licence: { code: 'longer' } });
    t.like(licenceFor('T', [many[0]!], today), { kind: 'licence', licence: { code: 'last day' } });
    t.like(licenceFor('T', [...many, one(null, 'for good')], today), {
      kind: 'licence',
      licence: { code: 'for good' },
    });
  },
);

test.serial('what is shown before the holder asks hides numbers, names and the house', async (t) => {
  const { licences } = t.context;
  const idCard = (await licences.held(asking(wang))).find(({ type }) => type === types.residentId)!;
  const shown = maskedFields(await licences.read(idCard.authCode, asking(wang)));
  t.like(shown, {
    XM: '王*明',
    ZJHM: '440***********0019',
    MZ: '汉',
    ZZ: '广东省广州市增城区荔城街道***',
  });
});

test.serial(
  'section 9 no. 27: each reading is in the audit with person, matter and consent; of the licence nothing is kept anywhere',
  async (t) => {
    const { licences } = t.context;
    await callLog.flush();
    await CallModel.deleteMany({});
    const [first] = await licences.held(asking(wang));
    await licences.read(first!.authCode, asking(wang));
    await callLog.flush();
    const rows = await CallModel.find().sort({ at: 1 }).lean();
    t.deepEqual(
      rows.map(({ operation, result }) => [operation, result]),
      [
        ['held', 'ok'],
        ['read', 'ok'],
      ],
    );
    t.like(rows[0], {
      actor: 'citizen:P1',
      purpose: '办理食品经营许可（新办）',
      matterCode: '11440118MB2X0001234440131007001',
      args: { ourNumber: 'ZC-000001', consent: '2026-11' },
    });
    const { connection } = mongoose;
    for (const { name } of await connection.db!.listCollections().toArray()) {
      const text = JSON.stringify(await connection.db!.collection(name).find().toArray());
      t.notRegex(text, /王小明|440118199001010019|示例路/, name);
    }
  },
);
