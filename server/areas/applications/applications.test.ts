import test from 'ava';
import { newId } from '../../kernel/ids.ts';
import { TestCitizen } from '../../testing/citizen.ts';
import { useHall } from '../../testing/hall.ts';
import { NoticeModel } from '../notices/model.ts';
import type { CaseList, CaseView } from './contract.ts';
import { cases } from './model.ts';
import { Applicant, bakery, pdf } from './testing/applicant.ts';

const hall = useHall(test);
const applicant = async (id = 'wang'): Promise<Applicant> =>
  new Applicant(await TestCitizen.signIn(hall, id), hall.url);
const minute = 60_000;

test.afterEach.always('the world is well again', () => hall.outside.government.setProfile('accept', {}));

test.serial(
  'R5.2.1: from an empty form to the e-licence, with one correction in which only the named fields are open',
  async (t) => {
    const wang = await applicant();
    const { accept } = hall.outside.government;
    const draft = await wang.fillBakery();
    const sent = await wang.submit(draft);
    t.is(sent.status, 200, JSON.stringify(sent.body));
    t.is(sent.body.state, 'sending');
    const received = await wang.until(sent.body.id, (found) => found.state === 'submitted');
    t.regex(received.caseNumber!, /^\d{20}$/);
    t.regex(received.queryCode!, /^\d{6}$/);
    const number = received.caseNumber!;
    accept.holdByHand(number);
    let at = Date.now() - minute; // the correction is asked for now, all later acts after it
    const act = (what: Parameters<typeof accept.act>[1]): void => {
      at += minute;
      accept.act(number, what, new Date(at));
    };

    act({ act: 'correction', reason: '平面图看不清', fields: ['MJ'], materials: ['M002'], days: 5 });
    const asked = await wang.until(sent.body.id, (found) => found.correction !== null);
    t.is(asked.word, '待补正');
    t.true(asked.needsMe);
    t.deepEqual([asked.correction!.fields, asked.correction!.materials], [['MJ'], ['M002']]);
    const plan = await wang.upload(draft.id, 'M002', pdf(3000, 'new plan'));
    const correct = (answers: Record<string, unknown>, files: string[]) =>
      wang.ask<CaseView>('POST', `/api/cases/${sent.body.id}/correct`, {
        key: asked.correction!.key,
        answers,
        materials: { M002: { way: 'files', files } },
      });
    const bad = await correct({ MJ: 'big' }, []);
    t.is(bad.body.error.id, 'applications.not_complete');
    const good = await correct({ MJ: '60', ZZPZ: '另外的' }, [plan.id]);
    t.is(good.status, 200, JSON.stringify(good.body));
    t.is(good.body.answers['MJ'], 60);
    t.is(good.body.answers['ZZPZ'], bakery.answers.ZZPZ, 'a field that is not open stays');
    t.true((await correct({ MJ: '60' }, [plan.id])).body.correction!.sent, 'sent again: the same');
    await wang.until(sent.body.id, (found) => found.correction === null);
    const there = accept.find(number)!;
    t.is(there.answers['MJ'], 60);

    at = Math.max(at, Date.now()) + minute;
    act({ act: 'preReview', verdict: '1' });
    act({ act: 'accept', verdict: '1' });
    const taken = await wang.until(sent.body.id, (found) => found.state === 'accepted');
    t.truthy(taken.dueDay);
    act({ act: 'examine' });
    act({ act: 'decide', verdict: '0' });
    const done = await wang.until(sent.body.id, (found) => found.state === 'closed');
    t.is(done.word, '已办结（准予）');
    t.truthy(done.result!.licenceCode);
    const [document] = done.result!.documents;
    const file = await fetch(`${hall.url}/api/cases/${done.id}/documents/${document!.id}`, {
      headers: { authorization: `Bearer ${(await TestCitizen.signIn(hall, 'wang')).token}` },
    });
    t.is(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
    );
    act({ act: 'collect', way: '0' });
    await wang.until(sent.body.id, (found) => found.state === 'collected');

    const told = await NoticeModel.find({ page: `packages/apply/case/index?id=${done.id}` }).lean();
    t.deepEqual(
      ['case.correction', 'case.accepted', 'case.done'].filter(
        (kind) => told.filter((notice) => notice.kind === kind).length !== 1,
      ),
      [],
      JSON.stringify(told.map((notice) => notice.kind)),
    );
  },
);

test.serial(
  'section 9 no. 20: the answer to the submission is lost and the phone dies; sent again from the phone and by the outbox, one case',
  async (t) => {
    const wang = await applicant();
    const { accept } = hall.outside.government;
    const draft = await wang.fillBakery();
    const before = accept.cases.length;
    hall.outside.government.setProfile('accept', { lostReplyRate: 1 });
    const sent = await wang.submit(draft);
    const deadline = performance.now() + 15_000;
    while (accept.cases.length === before && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    hall.outside.government.setProfile('accept', {});
    const twice = await Promise.all([wang.submit(draft), wang.submit(draft)]);
    for (const each of twice) t.is(each.body.id, sent.body.id);
    const found = await waitLong(wang, sent.body.id);
    t.is(found.state, 'submitted');
    t.is(accept.cases.filter((each) => each.bizNo === sent.body.id).length, 1);
    t.is(await cases().countDocuments({ draftId: draft.id }), 1);
  },
);

/** The silent call takes the system's whole time limit before it is asked again. */
async function waitLong(who: Applicant, id: string): Promise<CaseView> {
  for (let tries = 0; tries < 5; tries++) {
    try {
      // The number is written first, the state a moment later.
      return await who.until(id, (found) => found.caseNumber !== null && found.state !== 'sending');
    } catch (error) {
      if (tries === 4) throw error;
    }
  }
  throw new Error('never');
}

test.serial(
  'section 9 no. 23: in maintenance hours nothing is sent behind the back of the citizen; what was typed is kept, and they confirm',
  async (t) => {
    const wang = await applicant();
    const draft = await wang.fillBakery();
    hall.outside.government.setProfile('accept', { nightWindow: ['00:00', '23:59'] });
    const sent = await wang.submit(draft);
    if (sent.status === 503 || sent.status === 404)
      return t.fail('forms are frozen: a draft can be submitted while the system sleeps');
    const waits = await wang.until(sent.body.id, (found) => found.state === 'toConfirm');
    t.regex(waits.problem!, /22:30–06:30/);
    t.true(waits.needsMe);
    hall.outside.government.setProfile('accept', {});
    t.is(
      (await wang.ask<CaseView>('GET', `/api/cases/${sent.body.id}`)).body.state,
      'toConfirm',
      'it does not go by itself',
    );
    t.is((await wang.ask<CaseView>('POST', `/api/cases/${sent.body.id}/submit`)).status, 200);
    const received = await wang.until(sent.body.id, (found) => found.caseNumber !== null);
    t.is(received.problem, null);
  },
);

test.serial('R5.2.1: two devices on one draft lose nothing', async (t) => {
  const wang = await applicant();
  const draft = await wang.begin();
  const phone = await wang.save(draft.id, { base: 0, answers: { ZZPZ: '面包', MJ: '45' } });
  t.is(phone.body.revision, 1);
  const tablet = await wang.save(draft.id, { base: 0, answers: { ZZPZ: '蛋糕', JYXM: ['bakery'] } });
  t.deepEqual(tablet.body.conflicts, [{ key: 'answers.ZZPZ', kept: '蛋糕', other: '面包' }]);
  t.like(tablet.body.answers, { ZZPZ: '蛋糕', MJ: '45', JYXM: ['bakery'] });
  const again = await wang.save(draft.id, { base: 0, answers: { ZZPZ: '蛋糕', JYXM: ['bakery'] } });
  t.deepEqual(
    [again.body.revision, again.body.conflicts],
    [2, []],
    'the same save after a lost answer changes nothing',
  );
  t.is((await wang.submit({ id: draft.id, revision: 1 })).body.error.id, 'applications.draft_changed');
  const at = await Promise.all(
    Array.from({ length: 8 }, (_, n) => wang.save(draft.id, { base: 2, answers: { [`x${n}`]: n } })),
  );
  t.true(at.every((each) => each.status === 200));
  const { body } = await wang.ask<{ answers: object; revision: number }>('GET', `/api/drafts/${draft.id}`);
  t.is(body.revision, 10);
  t.like(body.answers, { x0: 0, x7: 7, MJ: '45' });
});

test.serial('R5.2.1: what is missing is named field by field, and nothing is submitted', async (t) => {
  const wang = await applicant();
  const draft = await wang.begin();
  const { status, body } = await wang.submit(draft);
  t.is(status, 422);
  const { errors } = (body.error as unknown as { details: { errors: Record<string, string> } }).details;
  t.true(
    'MJ' in errors && 'M002' in errors && 'promise' in errors && 'situation.zyzt' in errors,
    JSON.stringify(errors),
  );
  t.is(await cases().countDocuments({ draftId: draft.id }), 0);
});

test.serial(
  'R10.3: a draft, a file and a case of citizen A do not exist for citizen B; below 四级 nothing can be applied for',
  async (t) => {
    const [wang, li, zhang] = await Promise.all(['wang', 'li', 'zhang'].map(applicant));
    const draft = await wang!.fillBakery();
    const sent = await wang!.submit(draft);
    const file = await wang!.upload(draft.id, 'M003');
    for (const [method, path, body] of [
      ['GET', `/api/drafts/${draft.id}`],
      ['PUT', `/api/drafts/${draft.id}`, { base: 0, answers: {} }],
      ['POST', `/api/drafts/${draft.id}/submit`, { revision: 0 }],
      [
        'POST',
        '/api/attachments',
        { draftId: draft.id, slot: 'M001', name: 'a.pdf', size: 9, uploadId: newId() },
      ],
      ['GET', `/api/attachments/${file.id}`],
      ['POST', `/api/attachments/${file.id}/finish`],
      ['GET', `/api/cases/${sent.body.id}`],
      ['POST', `/api/cases/${sent.body.id}/withdraw`, { reason: '不办了' }],
      ['POST', `/api/cases/${sent.body.id}/correct`, { key: 'x', answers: {}, materials: {} }],
    ] as const) {
      const answer = await li!.ask(method, path, body);
      t.is(answer.status, 404, `${method} ${path}`);
      t.is((await zhang!.ask(method, path, body)).status, 403, path);
    }
    t.is(
      (await li!.begin('m01', draft.id).catch((error: Error) => error.message))
        .toString()
        .includes('draft_unknown'),
      true,
    );
    const list = await li!.ask<CaseList>('GET', '/api/cases');
    t.false(list.body.cases.some((each) => each.id === sent.body.id));
  },
);

test.serial('R5.2.1: the applicant takes it back before the decision', async (t) => {
  const wang = await applicant();
  const sent = await wang.submit(await wang.fillBakery());
  const received = await wang.until(sent.body.id, (found) => found.caseNumber !== null);
  hall.outside.government.accept.holdByHand(received.caseNumber!);
  const asked = await wang.ask<CaseView>('POST', `/api/cases/${sent.body.id}/withdraw`, {
    reason: '暂时不开店了',
  });
  t.is(asked.status, 200);
  const gone = await wang.until(sent.body.id, (found) => found.state === 'withdrawn');
  t.is(gone.word, '已撤回');
  t.false(gone.mayWithdraw);
  const stored = await cases().findOne({ _id: sent.body.id });
  t.deepEqual(stored!.doubts, []);
});
