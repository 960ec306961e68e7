import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { filesOf } from '../attachments/upload.ts';
import { checkFiles } from './checkFiles.ts';
import { Delivery, applicationsErrors as errors } from './contract.ts';
import { findDraft, type OpenDraft } from './drafts.ts';
import { validateForm } from './forms/validate.ts';
import { currentForm, type FrozenForm } from './forms.ts';
import { type CaseContent, cases, drafts, type StoredCase } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { casePlace, seal } from './seal.ts';
import { queueSend } from './sends.ts';
import { wakeSends } from './wake.ts';
import { wordsOf } from './words.ts';

/**
 * Makes a case of a draft, once: pressed twice, or again after a lost answer, it is the same case. What is sent to 综合受理
 * goes through the outbox. Errors: `draft_unknown`, `draft_changed`, `form_changed`, `not_complete` (`details.errors`).
 */
export async function submitDraft(
  room: ApplicationsRoom,
  personId: string,
  draftId: string,
  revision: number,
): Promise<StoredCase> {
  const draft = await findDraft(room, personId, draftId);
  if (draft.stored.caseId) return (await cases().findOne({ _id: draft.stored.caseId }))!;
  if (draft.stored.revision !== revision) throw new HallError(errors.draftChanged);
  const frozen = await currentForm(room, draft.stored.matter.code);
  if (frozen.key !== draft.stored.formKey) {
    await drafts().updateOne(
      { _id: draftId, revision, caseId: null },
      { $set: { formKey: frozen.key }, $inc: { revision: 1 } },
    );
    throw new HallError(errors.formChanged);
  }
  const content = await checkContent(room, draft, frozen);
  const person = await room.findPerson(personId);
  if (!person?.name || !person.idNumber) throw new HallError(errors.draftUnknown);
  const id = newId(room.clock.wall().getTime());
  const now = room.clock.now();
  const way = content.delivery.way;
  const fresh: StoredCase = {
    ...{ _id: id, draftId, personId, applicantMasked: person.displayName, matter: draft.stored.matter },
    ...{
      formKey: frozen.key,
      promisedDays: frozen.form.promisedDays,
      correctionDays: frozen.form.correctionDays,
    },
    ...{
      deliveryWay: way,
      sealed: seal(room, content, casePlace(id)),
      state: 'sending',
      ...wordsOf('sending', null, way),
    },
    ...{
      caseNumber: null,
      longNumber: null,
      queryCodeSealed: null,
      submittedAt: now,
      revision: 0,
      open: true,
    },
    ...{ steps: [], doubts: [], correction: null, correctionSent: null, withdrawAsked: null, dueDay: null },
    ...{ paused: false, result: null, problem: null, checkDay: null, pulledAt: now, lostCharacters: [] },
  };
  const made = await inTransaction(async (session) => {
    const { modifiedCount } = await drafts().updateOne(
      { _id: draftId, revision, caseId: null },
      { $set: { caseId: id } },
      { session },
    );
    if (modifiedCount === 0) return null;
    await cases().insertOne(fresh, { session });
    await queueSend(room, { caseId: id, kind: 'submit', act: '0', payload: null }, session);
    return fresh;
  });
  if (made) {
    wakeSends();
    return made;
  }
  const now2 = await findDraft(room, personId, draftId);
  if (!now2.stored.caseId) throw new HallError(errors.draftChanged);
  return (await cases().findOne({ _id: now2.stored.caseId }))!;
}

async function checkContent(
  room: ApplicationsRoom,
  draft: OpenDraft,
  frozen: FrozenForm,
): Promise<CaseContent> {
  const { situation, answers, delivery } = draft.content;
  const today = localDayOf(room.clock.now());
  const verdict = validateForm(frozen.form, { answers, situation }, { today });
  const facts = { answers: verdict.values, situation };
  const papers = checkFiles(frozen.form, facts, draft.content.materials, await filesOf(draft.stored._id));
  const wrong: Record<string, string> = { ...verdict.errors, ...papers.errors };
  const chosen = delivery ?? (frozen.form.delivery.includes('pickUp') ? { way: 'pickUp' } : null);
  const read = Delivery.safeParse(chosen);
  const way = read.success ? read.data : null;
  if (!way && chosen?.way === 'post') wrong['delivery'] = '请填好收件人、手机号和详细地址';
  else if (!way || !frozen.form.delivery.includes(way.way)) wrong['delivery'] = '请选择怎么领取结果';
  if (Object.keys(wrong).length > 0 || !way)
    throw new HallError(errors.notComplete, { details: { errors: wrong } });
  const offered = new Set(frozen.form.situations.map((each) => each.code));
  const situationOnly = Object.fromEntries(Object.entries(situation).filter(([code]) => offered.has(code)));
  return { situation: situationOnly, answers: verdict.values, materials: papers.materials, delivery: way };
}

/** The citizen looked at it once more and sends it again (after maintenance hours, or a refusal). */
export async function submitAgain(room: ApplicationsRoom, stored: StoredCase): Promise<StoredCase> {
  if (stored.state !== 'toConfirm') return stored;
  const words = wordsOf('sending', null, stored.deliveryWay);
  const changed = await inTransaction(async (session) => {
    const next = await cases().findOneAndUpdate(
      { _id: stored._id, state: 'toConfirm', revision: stored.revision },
      {
        $set: { state: 'sending', ...words, problem: null, submittedAt: room.clock.now() },
        $inc: { revision: 1 },
      },
      { session, returnDocument: 'after' },
    );
    if (next) {
      const act = String(next.revision);
      await queueSend(room, { caseId: stored._id, kind: 'submit', act, payload: null }, session);
    }
    return next;
  });
  wakeSends();
  return changed ?? (await cases().findOne({ _id: stored._id }))!;
}
