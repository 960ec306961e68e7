import type { CaseEvent } from '../../government/progress/caseEvent.ts';
import { inTransaction, isDuplicateKey } from '../../kernel/database.ts';
import { addDays, type LocalDay, localDayOf } from '../../kernel/localDay.ts';
import { acceptanceDay, deadline } from '../../kernel/workingDays/deadline.ts';
import { caseClock } from './caseClock.ts';
import { tellCase } from './caseNotices.ts';
import { type DerivedCase, deriveCase, type KnownEvent } from './deriveCase.ts';
import { type CaseResultFacts, caseEvents, cases, type OpenCorrection, type StoredCase } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { isEnd } from './states.ts';
import { wordsOf } from './words.ts';

/** Working days after which silence is acceptance (行政许可法 32). */
export const silenceDays = 5;

/** Takes what was reported about a case; duplicates and any order are fine. `false`: no such case of ours. */
export async function recordEvents(
  room: ApplicationsRoom,
  caseId: string,
  events: readonly KnownEvent[],
  by: string,
): Promise<boolean> {
  if (!(await cases().findOne({ _id: caseId }, { projection: { _id: 1 } }))) return false;
  for (const event of events) {
    const _id = `${caseId}/${event.key}/${event.version}`;
    const row = { caseId, event: withoutPeople(event), by, receivedAt: room.clock.wall() };
    try {
      await caseEvents().updateOne({ _id }, { $setOnInsert: row }, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  await refreshCase(room, caseId);
  return true;
}

/** Who applied is known from our own record; the row's copy of it is not kept. */
function withoutPeople(event: KnownEvent): Record<string, unknown> {
  if (event.step !== 'applied') return { ...event };
  const nobody = { kind: event.applicant.kind, name: '', idNumber: null };
  return { ...event, applicant: nobody, contact: { name: null, phone: null }, userIdCode: null };
}

export async function eventsOf(caseId: string): Promise<KnownEvent[]> {
  const rows = await caseEvents().find({ caseId }).toArray();
  return rows.map((row) => row.event as unknown as KnownEvent);
}

/** Derives the case anew from all its events and tells the citizen what changed, in one transaction. */
export async function refreshCase(room: ApplicationsRoom, caseId: string): Promise<StoredCase> {
  for (let tries = 0; tries < 20; tries++) {
    const stored = (await cases().findOne({ _id: caseId }))!;
    if (stored.caseNumber === null && stored.state !== 'withdrawn') return stored; // a callback before the receipt: derived when that comes
    const derived = deriveCase(await eventsOf(caseId));
    const facts = factsOf(room, stored, derived);
    const done = await inTransaction(async (session) => {
      const next = await cases().findOneAndUpdate(
        { _id: caseId, revision: stored.revision },
        { $set: facts, $inc: { revision: 1 } },
        { session, returnDocument: 'after' },
      );
      if (next) await tellCase(stored, next, room.clock.now(), session);
      if (next && stored.state !== 'closed' && next.state === 'closed') {
        await room.caseDecided?.(next, room.clock.now(), session);
      }
      return next;
    });
    if (done) return done;
  }
  throw new Error(`the case ${caseId} is being written too often`);
}

function factsOf(room: ApplicationsRoom, stored: StoredCase, derived: DerivedCase): Partial<StoredCase> {
  const { state, steps, closing } = derived;
  const clock = caseClock(room.calendar, steps, stored.promisedDays);
  const correction = correctionOf(room, stored, derived);
  const words = wordsOf(state, closing, stored.deliveryWay);
  const answered = correction !== null && stored.correctionSent === correction.key;
  return {
    ...{ state, ...words, steps: [...steps], doubts: [...derived.doubts], correction },
    ...(answered && { tip: '补正内容已送出，等待部门查看。' }),
    ...{ dueDay: clock.dueDay, paused: clock.paused, open: !isEnd(state), result: resultOf(derived) },
    problem: derived.refusal,
    checkDay: checkDayOf(room, stored, derived, answered ? null : correction),
  };
}

function correctionOf(
  room: ApplicationsRoom,
  stored: StoredCase,
  { correction }: DerivedCase,
): OpenCorrection | null {
  if (!correction) return null;
  const { key, reason, list, fields, materials, limitDays, at } = correction;
  const amount = limitDays ?? stored.correctionDays;
  const until = deadline(room.calendar, localDayOf(at), { amount, unit: 'workday' }).day;
  return { key, reason: reason ?? list, fields: [...fields], materials: [...materials], until };
}

/** The last day before a clock of ours acts. */
function checkDayOf(
  room: ApplicationsRoom,
  stored: StoredCase,
  { state, steps }: DerivedCase,
  correction: OpenCorrection | null,
): LocalDay | null {
  if (correction) return correction.until;
  if (state !== 'submitted' && state !== 'preReviewed') return null;
  // After a correction the five days run from what was handed in last.
  const since = steps.findLast((step) => step.event === 'correctionTaken')?.at ?? stored.submittedAt;
  const from = acceptanceDay(room.calendar, since).day;
  return deadline(room.calendar, from, { amount: silenceDays, unit: 'workday' }).day;
}

function resultOf({ closing, documents, licenceCode, trackingNumber }: DerivedCase): CaseResultFacts | null {
  if (!closing && documents.length === 0) return null;
  return {
    granted: closing?.granted ?? null,
    words: closing?.words ?? null,
    certificateNumber: closing?.certificateNumber ?? null,
    ...{ licenceCode, trackingNumber, documents: [...documents] },
  };
}

/** An event that the hall itself brings about. */
export const ownEvent = (
  stored: StoredCase,
  key: string,
  at: Date,
): Pick<CaseEvent, 'key' | 'version' | 'caseNumber' | 'matterCode' | 'at'> => ({
  ...{
    key: `hall/${stored._id}/${key}`,
    version: 1,
    caseNumber: stored.caseNumber ?? '',
    matterCode: stored.matter.code,
    at,
  },
});

/** The instant at which a day is over, for events that a clock brings about. */
export const dayAfter = (day: LocalDay): LocalDay => addDays(day, 1);
