import { createHash } from 'node:crypto';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import type { Government } from '../../../mocks/government/server.ts';
import { readForm } from '../../areas/applications/forms/definition.ts';
import { TestClock } from '../../kernel/clock.ts';
import { newSm2Pair } from '../../kernel/crypto/sm2.ts';
import { useDatabase } from '../../testing/database.ts';
import { CallModel } from '../kit/callLog.ts';
import { GovernmentError } from '../kit/governmentError.ts';
import { SystemGate } from '../kit/systemGate.ts';
import { policyOf } from '../policies.ts';
import type { CaseEvent } from '../progress/caseEvent.ts';
import { createAcceptSystem } from './client.ts';
import type { Submission } from './port.ts';
import { acceptClient, callLog, gateway, governmentOf, hallKey } from './testing/acceptWorld.ts';
import { fileMaterial, fileOf, filled } from './testing/fillForm.ts';

interface World {
  government: Government;
  json: ReturnType<typeof acceptClient>;
  soap: ReturnType<typeof acceptClient>;
}

const test = anyTest as TestFn<World>;
useDatabase(anyTest as TestFn);

const food = '11440118MB2X0001234440131007001';
const atOnce = '11440118MB2X00207W4442031811000';
const citizen = { kind: 'citizen', id: 'P1' } as const;
const flavours = ['json', 'soap'] as const;

test.before(async (t) => {
  const government = await governmentOf();
  const base = `${government.url}/accept`;
  t.context = { government, json: acceptClient(base), soap: acceptClient(base, 'soap') };
});
test.after.always(async (t) => {
  const { government, json, soap } = t.context;
  await Promise.all([json?.close(), soap?.close(), government?.close()]);
});
test.beforeEach((t) => {
  t.context.government.accept.reset();
  t.context.government.setProfile('accept', {});
});

const refusedWith = async (
  t: ExecutionContext<World>,
  run: Promise<unknown>,
  code: string,
): Promise<void> => {
  t.like(await t.throwsAsync(run), { kind: 'refused', code });
};

test.serial(
  'R5.2.1: the forms of at least twelve matters of three kinds are read, each valid in our format',
  async (t) => {
    const { json, government } = t.context;
    const { forms, fresh } = await json.forms();
    t.true(fresh);
    t.true(forms.length >= 12, `${forms.length} forms`);
    for (const { matterCode, version } of forms) {
      const { definition } = await json.form(matterCode, version);
      t.notThrows(() => readForm(definition), matterCode);
    }
    const plans = forms.map(({ matterCode }) => government.accept.forms.plan(matterCode));
    t.true(plans.some((plan) => plan.atOnce));
    t.true(plans.some((plan) => !plan.atOnce && plan.correction === null));
    t.true(plans.some((plan) => plan.correction !== null));
    t.deepEqual((await json.form(food, 1)).version, 1, 'a frozen version stays readable');
    t.is((await json.form(food, null)).version, 2);
    await refusedWith(t, json.form('0', null), 'unknownMatter');
  },
);

for (const flavour of flavours) {
  test.serial(
    `${flavour}: handed in, found by our number, the same number again is the same case`,
    async (t) => {
      const accept = t.context[flavour];
      const submission = await filled(accept, food, 'ZC-000001');
      t.is(await accept.find('ZC-000001'), null, 'it never arrived');
      const receipt = await accept.submit(submission, citizen);
      t.regex(receipt.caseNumber, /^44011820261125\d{6}$/);
      t.regex(receipt.queryCode, /^\d{6}$/);
      t.deepEqual(await accept.find('ZC-000001'), receipt);
      t.deepEqual(await accept.submit(submission, citizen), receipt);
      const [found, ...others] = t.context.government.accept.cases;
      t.is(others.length, 0);
      t.deepEqual(found?.answers, submission.answers);
      t.like((await accept.events(receipt.caseNumber))[0], {
        step: 'applied',
        key: `EX_GDBS_SB/${receipt.caseNumber}/1`,
        channel: 'wechat',
        at: new Date('2026-11-25T02:00:00Z'),
      });
    },
  );

  test.serial(
    `${flavour}: asked to mend, mended once, withdrawn before the decision and not after`,
    async (t) => {
      const accept = t.context[flavour];
      const { government } = t.context;
      const { caseNumber } = await accept.submit(await filled(accept, food, 'ZC-000002'), citizen);
      const correction = {
        caseNumber,
        ourCorrectionNumber: 'BZ-1',
        answers: { MJ: 42 },
        materials: [],
        submittedAt: new Date('2026-11-25T03:00:00Z'),
      };
      await refusedWith(t, accept.supplement(correction, citizen), 'notOpen');
      government.accept.act(caseNumber, {
        act: 'correction',
        reason: '面积不符',
        fields: ['MJ'],
        materials: ['M002'],
      });
      await accept.supplement(correction, citizen);
      await accept.supplement(correction, citizen);
      t.is(government.accept.find(caseNumber)?.answers['MJ'], 42);
      const steps = (await accept.events(caseNumber))
        .map(({ step }) => step)
        .filter((step) => step !== 'material');
      t.deepEqual(steps, ['applied', 'correctionAsked', 'correctionTaken']);
      t.like(
        (await accept.events(caseNumber)).find(({ step }) => step === 'correctionAsked'),
        {
          fields: ['MJ'],
          materials: ['M002'],
          limitDays: 10,
        },
      );
      await accept.withdraw(caseNumber, '不办了', citizen);
      await accept.withdraw(caseNumber, '不办了', citizen);
      t.like((await accept.events(caseNumber)).at(-1), { step: 'closed', verdict: 'voided' });
      const other = await accept.submit(await filled(accept, atOnce, 'ZC-000003'), citizen);
      for (const act of [
        { act: 'accept', verdict: '1' },
        { act: 'decide', verdict: '6' },
      ] as const)
        government.accept.act(other.caseNumber, act);
      await refusedWith(t, accept.withdraw(other.caseNumber, '不办了', citizen), 'tooLate');
    },
  );

  test.serial(
    `section 9 no. 20 (${flavour}): the file is there, the answer to the submission is lost; asked by our number, one case`,
    async (t) => {
      const { government } = t.context;
      const accept = acceptClient(`${government.url}/accept`, flavour, { timeoutMs: 1500 });
      t.teardown(() => accept.close());
      const file = fileOf('一');
      const { fileId } = await accept.upload({ ...file, ourFileNumber: 'F1' }, food, citizen);
      const submission = await filled(accept, food, 'ZC-000004');
      const materials = submission.materials.map((each) =>
        each.seq === 'M001' ? fileMaterial('M001', fileId, file) : each,
      );
      government.setProfile('accept', { lostReplyRate: 1 });
      const error = await t.throwsAsync(accept.submit({ ...submission, materials }, citizen), {
        instanceOf: GovernmentError,
      });
      t.like(error, { kind: 'slow', notSent: false });
      government.setProfile('accept', {});
      const receipt = await accept.find('ZC-000004');
      t.truthy(receipt);
      t.deepEqual(
        (await accept.submit({ ...submission, materials }, citizen)).caseNumber,
        receipt?.caseNumber,
      );
      t.is(government.accept.cases.length, 1);
    },
  );

  test.serial(
    `section 9 no. 21 (${flavour}): 𠮷 in a name goes as 〓 with the mark for a person to check; answers lose nothing`,
    async (t) => {
      const accept = t.context[flavour];
      const submission = await filled(accept, food, 'ZC-000005');
      const rare: Submission = {
        ...submission,
        applicant: { ...submission.applicant, name: '王𠮷明' },
        answers: { ...submission.answers, SQRMC: '王𠮷明 & <“店”>' },
      };
      const receipt = await accept.submit(rare, citizen);
      t.deepEqual(receipt.lostCharacters, ['𠮷']);
      const [found] = t.context.government.accept.cases;
      t.like(found, { checkByHand: true, applicant: { name: '王〓明' } });
      t.is(found?.answers['SQRMC'], '王𠮷明 & <“店”>');
    },
  );

  test.serial(`${flavour}: what the system refuses comes with our code and its words`, async (t) => {
    const accept = t.context[flavour];
    const submission = await filled(accept, food, 'ZC-000006');
    const { MJ: _, ...without } = submission.answers as { MJ: number };
    const wrong: readonly (readonly [Partial<Submission>, string])[] = [
      [{ answers: without }, 'badForm'],
      [{ answers: { ...submission.answers, 没有: 1 } }, 'badForm'],
      [{ answers: { ...submission.answers, SQRMC: '店🎂' } }, 'badForm'],
      [{ materials: [] }, 'badForm'],
      [{ form: { formId: 'SPJY-XB', version: 99 } }, 'oldForm'],
      [{ matterCode: 'x' }, 'unknownMatter'],
      [{ situation: null }, 'badForm'],
      [{ materials: [...submission.materials, fileMaterial('M001', 'F0', fileOf('x'))] }, 'unknownFile'],
    ];
    for (const [change, code] of wrong)
      await refusedWith(t, accept.submit({ ...submission, ...change }, citizen), code);
    const many = Array.from({ length: 21 }, () => fileMaterial('M001', 'F0', fileOf('x')));
    await refusedWith(t, accept.submit({ ...submission, materials: many }, citizen), 'tooManyFiles');
    t.regex(
      (await t.throwsAsync(accept.submit({ ...submission, answers: without }, citizen)))?.message ?? '',
      /MJ/,
    );
    t.is(t.context.government.accept.cases.length, 0);
    const forger = acceptClient(`${t.context.government.url}/accept`, flavour, {}, newSm2Pair().privateKey);
    await refusedWith(t, forger.submit(submission, citizen), 'signature');
    await forger.close();
  });
}

test.serial(
  'section 9 no. 22: a file whose digest differs is refused, by us before it is sent and by the system',
  async (t) => {
    const { json, government } = t.context;
    const file = fileOf('一');
    const before = government.calls('accept');
    for (const change of [{ md5: fileOf('二').md5 }, { sm3: fileOf('二').sm3 }])
      await refusedWith(
        t,
        json.upload({ ...file, ...change, ourFileNumber: 'F1' }, food, citizen),
        'fileDigest',
      );
    t.is(government.calls('accept'), before, 'nothing was sent');
    const { fileId } = await json.upload({ ...file, ourFileNumber: 'F1' }, food, citizen);
    t.deepEqual(
      await json.upload({ ...file, ourFileNumber: 'F1' }, food, citizen),
      { fileId },
      'again: one file',
    );
    const there = await fetch(`${government.url}/__mock/accept/files/${fileId}`);
    t.deepEqual(Buffer.from(await there.arrayBuffer()), file.bytes, 'byte by byte what was sent');
    const submission = await filled(json, food, 'ZC-000007');
    const material = fileMaterial('M001', fileId, fileOf('二'));
    await refusedWith(
      t,
      json.submit({ ...submission, materials: [...submission.materials, material] }, citizen),
      'fileDigest',
    );
    await refusedWith(
      t,
      json.upload({ ...fileOf('x'.repeat(5 * 1024 * 1024)), ourFileNumber: 'F2' }, food, citizen),
      'fileTooLarge',
    );
    for (const name of ['名'.repeat(60), '蛋糕🎂.pdf'])
      await refusedWith(
        t,
        json.upload({ ...fileOf('三', name), ourFileNumber: 'F3' }, food, citizen),
        'fileName',
      );
  },
);

test.serial(
  'section 9 no. 23: at night nothing is sent, the hours are told, and their own timetable counts too',
  async (t) => {
    const { json, government } = t.context;
    const clock = new TestClock(new Date('2026-11-25T15:00:00Z')); // 23:00 in Beijing
    const gate = new SystemGate(policyOf('accept'), { clock, callLog });
    const closed = createAcceptSystem({
      base: `${government.url}/accept`,
      ...{ gateway, gate, clock, signingKey: hallKey.privateKey, flavour: 'json' as const },
    });
    t.teardown(() => closed.close());
    const submission = await filled(json, food, 'ZC-000008');
    const before = government.calls('accept');
    const error = await t.throwsAsync(closed.submit(submission, citizen));
    t.like(error, { kind: 'closed', notSent: true, until: new Date('2026-11-25T22:30:00Z') });
    t.regex(error?.message ?? '', /系统维护 22:30–06:30/);
    t.is(government.calls('accept'), before);
    government.setProfile('accept', { nightWindow: ['00:00', '23:59'] });
    for (const flavour of flavours)
      t.like(await t.throwsAsync(t.context[flavour].submit(submission, citizen)), {
        kind: 'closed',
        code: 'maintenance',
      });
    t.is(government.accept.cases.length, 0);
  },
);

test.serial(
  'section 9 no. 15 and 16: an extension beyond ten days is refused there; a correction nobody made ends the case with 5',
  async (t) => {
    const { json, government } = t.context;
    const { caseNumber } = await json.submit(await filled(json, food, 'ZC-000009'), citizen);
    government.accept.act(caseNumber, { act: 'accept', verdict: '1' });
    t.throws(() =>
      government.accept.act(caseNumber, { act: 'special', kind: 'A', name: '延长审批', days: 11 }),
    );
    government.accept.act(caseNumber, {
      act: 'special',
      kind: 'A',
      name: '延长审批',
      days: 10,
      approvedBy: '李科长',
    });
    t.throws(
      () => government.accept.act(caseNumber, { act: 'decide', verdict: '0' }),
      undefined,
      'the clock stands',
    );
    government.accept.act(caseNumber, { act: 'specialEnd', result: '完成' });
    government.accept.act(caseNumber, { act: 'correction', reason: '缺图', materials: ['M002'], days: 5 });
    t.throws(() => government.accept.act(caseNumber, { act: 'expire' }));
    t.is(government.accept.tick(new Date('2026-12-02T04:00:00Z')), 0, 'the fifth working day still counts');
    t.is(government.accept.tick(new Date('2026-12-03T04:00:00Z')), 1);
    const events = await json.events(caseNumber);
    t.like(
      events.find(({ step }) => step === 'specialBegun'),
      { kind: 'A', limit: { days: 10, unit: 'working' } },
    );
    t.like(events.at(-1), { step: 'closed', verdict: 'correctionExpired', granted: null });
  },
);

test.serial(
  'R8.4: what a window did in our console is reported, becomes part of the case, and twice is once',
  async (t) => {
    const { json, government } = t.context;
    const { caseNumber } = await json.submit(await filled(json, food, 'ZC-000010'), citizen);
    const facts = { caseNumber, matterCode: food, version: 1, at: new Date('2026-11-25T03:00:00Z') };
    const accepted: CaseEvent = {
      ...facts,
      ...{ key: `EX_GDBS_SL/${caseNumber}/1`, table: 'EX_GDBS_SL', step: 'accepted', verdict: 'accepted' },
      ...{
        reason: null,
        businessNumber: 'ZC1',
        queryCode: '482913',
        receiptNumber: '穗增〔2026〕1号',
        window: 'A01',
        hallCode: 'ZC-A',
      },
    };
    await json.report('ZC-000010', accepted, { kind: 'staff', id: 'S1' });
    await json.report('ZC-000010', accepted, { kind: 'staff', id: 'S1' });
    t.deepEqual(
      (await json.events(caseNumber)).filter(({ step }) => step === 'accepted'),
      [accepted],
    );
    t.like(government.accept.find(caseNumber), { stage: 'accepted', byHand: true });
    const longer: CaseEvent = {
      ...facts,
      ...{ key: `EX_GDBS_TBCXSQ/${caseNumber}/1`, table: 'EX_GDBS_TBCXSQ', step: 'specialBegun', kind: 'A' },
      ...{ name: '延长', limit: { days: 11, unit: 'working' }, reason: null, approvedBy: null },
    };
    await refusedWith(t, json.report('ZC-000010', longer, { kind: 'staff', id: 'S1' }), 'notOpen');
  },
);

test.serial(
  'cases of all three kinds are carried to their end at the automatic pace, with a document whose digest holds and a licence',
  async (t) => {
    const government = await governmentOf({ accept: { hallPublicKey: hallKey.publicKey, paceMs: 1000 } });
    const accept = acceptClient(`${government.url}/accept`);
    t.teardown(async () => void (await Promise.all([accept.close(), government.close()])));
    let at = Date.parse('2026-11-25T02:00:00Z');
    const run = (): void => {
      for (let i = 0; i < 12; i++) {
        at += 7000;
        government.accept.tick(new Date(at));
      }
    };
    const { forms } = await accept.forms();
    const numbers = new Map<string, string>();
    for (const [i, { matterCode }] of forms.entries())
      numbers.set(
        matterCode,
        (await accept.submit(await filled(accept, matterCode, `ZC-1${i}000`), citizen)).caseNumber,
      );
    run();
    for (const [matterCode, caseNumber] of numbers) {
      const { correction } = government.accept.forms.plan(matterCode);
      if (!correction) continue;
      t.is(government.accept.find(caseNumber)?.stage, 'correction');
      const materials = correction.materials.map((seq) => ({
        seq,
        name: seq,
        way: { kind: 'paper' as const },
      }));
      const mended = {
        caseNumber,
        ourCorrectionNumber: `BZ-${caseNumber}`,
        answers: {},
        materials,
        submittedAt: new Date(),
      };
      await accept.supplement(mended, citizen);
    }
    run();
    for (const caseNumber of numbers.values()) {
      t.is(government.accept.find(caseNumber)?.stage, 'collected');
      const events = await accept.events(caseNumber);
      t.like(
        events.find(({ step }) => step === 'closed'),
        { verdict: 'issued', granted: true },
      );
      const { documents } = await accept.result(caseNumber, citizen);
      const { bytes, mime } = await accept.document(caseNumber, documents[0]!.id, citizen);
      t.is(mime, 'application/pdf');
      t.is(fileDigest(bytes), documents[0]!.md5);
    }
    const { licenceCode } = await accept.result(numbers.get(food)!, citizen);
    t.true(
      government.licences.licences.some(
        ({ code, name }) => code === licenceCode && name === '食品经营许可证',
      ),
    );
    await refusedWith(t, accept.document(numbers.get(food)!, 'D99', citizen), 'unknownFile');
  },
);

test.serial(
  'with the system down the last forms are given with their age, and every kind of trouble is an outage, not an answer',
  async (t) => {
    const { json, government } = t.context;
    await json.forms();
    await json.form(food, null);
    const base = `${government.url}/accept`;
    const hurried = {
      json: acceptClient(base, 'json', { timeoutMs: 300 }),
      soap: acceptClient(base, 'soap', { timeoutMs: 300 }),
    };
    t.teardown(async () => void (await Promise.all([hurried.json.close(), hurried.soap.close()])));
    for (const fault of [{ http5xx: 1 }, { htmlErrRate: 1 }, { bizErrRate: 1 }, { timeoutRate: 1 }]) {
      government.setProfile('accept', fault);
      t.false((await hurried.json.forms()).fresh);
      t.false((await hurried.json.form(food, null)).fresh);
      for (const flavour of flavours) {
        const error = (await t.throwsAsync(hurried[flavour].find('ZC-1'))) as GovernmentError;
        t.true(error.retryable, `${flavour} ${error.kind}:${error.code}`);
      }
    }
  },
);

test.serial('answers in GBK are read, whatever their label', async (t) => {
  const { json, soap, government } = t.context;
  const { caseNumber } = await json.submit(await filled(json, food, 'ZC-000011'), citizen);
  government.setProfile('accept', { gbk: true });
  t.is((await json.find('ZC-000011'))?.caseNumber, caseNumber);
  t.is((await soap.find('ZC-000011'))?.caseNumber, caseNumber);
  t.is((await json.form(food, null)).matterName, '食品经营许可（新办）');
  t.regex((await t.throwsAsync(soap.withdraw('0', 'x', citizen)))?.message ?? '', /办件不存在/);
});

test.serial(
  'section 9 no. 27: each call is in the audit with who, why and which matter, and nothing that names a person',
  async (t) => {
    const { json } = t.context;
    await callLog.flush();
    await CallModel.deleteMany({});
    await json.submit(await filled(json, food, 'ZC-000012'), citizen);
    await t.throwsAsync(json.withdraw('0', '因为王小明', citizen));
    await callLog.flush();
    const rows = await CallModel.find().sort({ at: 1 }).lean();
    t.deepEqual(
      rows.map(({ operation, actor, result }) => [operation, actor, result]),
      [
        ['form', 'system', 'ok'],
        ['submit', 'citizen:P1', 'ok'],
        ['withdraw', 'citizen:P1', 'refused:unknownCase'],
      ],
    );
    t.like(rows[1], { matterCode: food, purpose: '提交申请' });
    t.notRegex(JSON.stringify(rows), /王小明|440118199001010019|13800000001/);
  },
);

const fileDigest = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');
