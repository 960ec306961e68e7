import test from 'ava';
import type { AcceptSystem } from '../../government/accept/port.ts';
import type { CaseEvent } from '../../government/progress/caseEvent.ts';
import { TestClock } from '../../kernel/clock.ts';
import { createFieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { newId } from '../../kernel/ids.ts';
import { loadCalendar } from '../../kernel/workingDays/load.ts';
import { useDatabase } from '../../testing/database.ts';
import { NoticeModel } from '../notices/model.ts';
import { recordEvents, refreshCase } from './events.ts';
import { runClocks } from './jobs.ts';
import { cases, drafts, type StoredCase, type StoredDraft, sends } from './model.ts';
import { recordStep, StepRefused } from './recordStep.ts';
import type { ApplicationsRoom } from './room.ts';
import { casePlace, seal } from './seal.ts';
import { tellDraftsWithdrawn } from './tellDraftsWithdrawn.ts';

useDatabase(test);

/** 2026-11-23 is a Monday. */
function open(at = '2026-11-23T10:00:00+08:00') {
  const clock = new TestClock(new Date(at));
  const reported: CaseEvent[] = [];
  const accept = {
    report: async (_: string, step: CaseEvent) => void reported.push(step),
  } as unknown as AcceptSystem;
  const room: ApplicationsRoom = {
    ...{ clock, calendar: loadCalendar({ estimateBeyond: true }), accept, licences: null },
    cipher: createFieldCipher({ fieldKeys: ['0'.repeat(32)], indexKey: '0'.repeat(64) }),
    ...{ findMatter: async () => null, findPerson: async () => null },
    files: { clock, scanner: { scan: async () => ({ clean: true, found: null }) }, secret: '' },
  };
  return { clock, room, reported };
}

async function received(room: ApplicationsRoom): Promise<string> {
  const id = newId();
  const now = room.clock.now();
  const content = { situation: {}, answers: {}, materials: {}, delivery: { way: 'pickUp' } };
  const stored: StoredCase = {
    ...{
      _id: id,
      draftId: id,
      personId: 'wang',
      applicantMasked: '王*明',
      formKey: 'F@1',
      promisedDays: 5,
      correctionDays: 5,
    },
    matter: { id: 'm01', code: 'X', name: '食品经营许可（新办）', department: '区市场监督管理局' },
    ...{
      deliveryWay: 'pickUp',
      sealed: seal(room, content, casePlace(id)),
      state: 'sending',
      word: '提交中',
      tip: '',
    },
    ...{
      caseNumber: `4401182026112${id.slice(-7).replace(/\D/g, '0')}`,
      longNumber: null,
      queryCodeSealed: null,
      submittedAt: now,
    },
    ...{
      revision: 0,
      open: true,
      steps: [],
      doubts: [],
      correction: null,
      correctionSent: null,
      withdrawAsked: null,
    },
    ...{
      dueDay: null,
      paused: false,
      result: null,
      problem: null,
      checkDay: null,
      pulledAt: now,
      lostCharacters: [],
    },
  };
  await cases().insertOne(stored);
  await refreshCase(room, id);
  return id;
}
const find = async (id: string): Promise<StoredCase> => (await cases().findOne({ _id: id }))!;
const correction = (room: ApplicationsRoom, limitDays = 3): CaseEvent => ({
  ...{
    key: 'BZGZ/1',
    version: 1,
    table: 'EX_GDBS_BZGZ',
    caseNumber: '',
    matterCode: null,
    at: room.clock.now(),
  },
  ...{ step: 'correctionAsked', reason: '缺平面图', materials: ['M002'], fields: [], list: null, limitDays },
});
const special = (room: ApplicationsRoom, days: number): CaseEvent => ({
  ...{
    key: `TBCXSQ/${days}`,
    version: 1,
    table: 'EX_GDBS_TBCXSQ',
    caseNumber: '',
    matterCode: null,
    at: room.clock.now(),
  },
  ...{
    step: 'specialBegun',
    kind: 'A',
    name: '延长',
    limit: { days, unit: 'working' },
    reason: null,
    approvedBy: '局长',
  },
});
const taken: Omit<Extract<CaseEvent, { step: 'accepted' }>, 'at'> = {
  ...{
    key: 'SL/1',
    version: 1,
    table: 'EX_GDBS_SL',
    caseNumber: '',
    matterCode: null,
    step: 'accepted',
    verdict: 'accepted',
  },
  ...{
    reason: null,
    businessNumber: null,
    queryCode: null,
    receiptNumber: null,
    window: null,
    hallCode: null,
  },
};

test.serial(
  'section 9 no. 14: five working days of silence are acceptance, once, and the office is told',
  async (t) => {
    const { room, clock } = open();
    const id = await received(room);
    t.is((await find(id)).checkDay, '2026-11-30');
    clock.set('2026-11-30T23:00:00+08:00');
    await runClocks(room);
    t.is((await find(id)).state, 'submitted', 'the last day belongs to the office');
    clock.set('2026-12-01T00:05:00+08:00');
    await runClocks(room);
    await runClocks(room);
    const stored = await find(id);
    t.is(stored.state, 'accepted');
    t.is(stored.checkDay, null);
    t.is(await sends().countDocuments({ caseId: id, kind: 'report' }), 1);
    t.is(await NoticeModel.countDocuments({ kind: 'case.accepted', page: new RegExp(id) }), 1);
  },
);

test.serial('section 9 no. 16: a correction that does not come in its time ends the case', async (t) => {
  const { room, clock } = open();
  const id = await received(room);
  clock.forward(3_600_000);
  await recordEvents(room, id, [correction(room)], 'callback');
  const asked = await find(id);
  t.is(asked.word, '待补正');
  t.is(asked.correction!.until, '2026-11-26');
  t.is(await NoticeModel.countDocuments({ kind: 'case.correction', page: new RegExp(id) }), 1);
  clock.set('2026-11-27T00:05:00+08:00');
  await runClocks(room);
  const ended = await find(id);
  t.is(ended.state, 'closed');
  t.is(ended.word, '已办结（退件）');
  t.false(ended.open);
});

test.serial(
  'section 9 no. 15: an extension of more than ten days is refused, one of ten stops the clock',
  async (t) => {
    const { room, clock } = open();
    const id = await received(room);
    clock.forward(3_600_000);
    const by = { label: 'staff:S1', actor: { kind: 'staff', id: 'S1' } } as const;
    await t.throwsAsync(
      recordStep(room, id, special(room, 5), by),
      { instanceOf: StepRefused },
      'not before acceptance',
    );
    await recordStep(room, id, { ...taken, at: clock.now() }, by);
    t.is((await find(id)).dueDay, '2026-11-30');
    clock.forward(24 * 3_600_000);
    await t.throwsAsync(recordStep(room, id, special(room, 11), by), { instanceOf: StepRefused });
    await recordStep(room, id, special(room, 10), by);
    const stands = await find(id);
    t.deepEqual([stands.state, stands.dueDay, stands.paused], ['special', null, true]);
    t.deepEqual(stands.doubts, [], 'what was refused left no trace');
  },
);

test.serial('I6: the same events from twenty callbacks at once are one life, told once', async (t) => {
  const { room, clock } = open();
  const id = await received(room);
  const events: CaseEvent[] = [];
  clock.forward(60_000);
  events.push({ ...taken, at: clock.now() });
  clock.forward(60_000);
  events.push({
    ...{
      key: 'SPCL/1',
      version: 1,
      table: 'EX_GDBS_SPCL',
      caseNumber: '',
      matterCode: null,
      at: clock.now(),
    },
    step: 'examined',
    stage: 'handling',
    opinion: null,
  });
  clock.forward(60_000);
  events.push({
    ...{
      key: 'BJ/1',
      version: 1,
      table: 'EX_GDBS_BJ',
      caseNumber: '',
      matterCode: null,
      at: clock.now(),
      step: 'closed',
      verdict: 'issued',
    },
    ...{ granted: true, words: '准予', certificateNumber: '增2026', validUntil: null },
  });
  const backwards = events.toReversed();
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => recordEvents(room, id, [backwards[n % 3]!], 'callback')),
  );
  const stored = await find(id);
  t.is(stored.state, 'closed');
  t.deepEqual(
    stored.steps.map((step) => [step.event, step.implied]),
    [
      ['accepted', false],
      ['examined', false],
      ['closed', false],
    ],
  );
  t.is(await NoticeModel.countDocuments({ kind: 'case.done', page: new RegExp(id) }), 1);
});

test.serial(
  'section 9 no. 6: a matter is cancelled while there are drafts of it; their owners are told once',
  async (t) => {
    const { room } = open();
    const draft = (personId: string, caseId: string | null = null): StoredDraft => ({
      ...{
        _id: newId(),
        personId,
        matter: { id: 'm77', code: 'X', name: '排水许可', department: '区水务局' },
      },
      ...{ formKey: 'F@1', revision: 1, sealed: '', savedAt: room.clock.now(), caseId },
    });
    await drafts().insertMany([draft('wang'), draft('li'), draft('chen'), draft('zhang', 'submitted')]);
    const matter = { id: 'm77', name: '排水许可' };
    t.is(await tellDraftsWithdrawn(matter, room.clock.now()), 3);
    await tellDraftsWithdrawn(matter, room.clock.now());
    const told = await NoticeModel.find({ kind: 'service.announcement' }).lean();
    t.deepEqual(told.map((notice) => notice.personId).sort(), ['chen', 'li', 'wang']);
  },
);
