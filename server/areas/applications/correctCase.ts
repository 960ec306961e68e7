import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { filesOf } from '../attachments/upload.ts';
import { checkFiles } from './checkFiles.ts';
import { applicationsErrors as errors, type MaterialChoice } from './contract.ts';
import { validateForm } from './forms/validate.ts';
import { storedForm } from './forms.ts';
import { type CaseContent, cases, type StoredCase } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { casePlace, open, seal } from './seal.ts';
import type { SupplementPayload } from './sendCases.ts';
import { queueSend } from './sends.ts';
import { wakeSends } from './wake.ts';

export interface CorrectionGiven {
  readonly key: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly materials: Readonly<Record<string, MaterialChoice>>;
}

/**
 * 补正: only the fields and papers that the office named are open; everything else stays as it was submitted. Sent again, it
 * is one. Errors: `not_open`, `not_complete`.
 */
export async function correctCase(
  room: ApplicationsRoom,
  stored: StoredCase,
  given: CorrectionGiven,
): Promise<StoredCase> {
  const { correction } = stored;
  if (!correction || correction.key !== given.key) throw new HallError(errors.notOpen);
  if (stored.correctionSent === given.key) return stored;
  const now = room.clock.now();
  if (correction.until && localDayOf(now) > correction.until) throw new HallError(errors.notOpen);
  const content = open<CaseContent>(room, stored.sealed, casePlace(stored._id));
  const { form } = await storedForm(stored.formKey);
  const opened = new Set(correction.fields);
  const fresh = Object.fromEntries(Object.entries(given.answers).filter(([key]) => opened.has(key)));
  const facts = { answers: { ...content.answers, ...fresh }, situation: content.situation };
  const verdict = validateForm(form, facts, { today: localDayOf(now), only: correction.fields });
  const papers = checkFiles(
    form,
    { ...facts, answers: { ...content.answers, ...verdict.values } },
    given.materials,
    await filesOf(stored.draftId),
    correction.materials,
  );
  const wrong = { ...verdict.errors, ...papers.errors };
  if (Object.keys(wrong).length > 0) throw new HallError(errors.notComplete, { details: { errors: wrong } });
  const whole: CaseContent = {
    ...content,
    answers: { ...content.answers, ...verdict.values },
    materials: { ...content.materials, ...papers.materials },
  };
  const payload: SupplementPayload = {
    ...{
      correctionKey: given.key,
      answers: verdict.values,
      materials: papers.materials,
      at: now.toISOString(),
    },
  };
  const done = await inTransaction(async (session) => {
    const next = await cases().findOneAndUpdate(
      { _id: stored._id, revision: stored.revision },
      {
        $set: {
          sealed: seal(room, whole, casePlace(stored._id)),
          ...{
            correctionSent: given.key,
            checkDay: null,
            problem: null,
            tip: '补正内容已送出，等待部门查看。',
          },
        },
        $inc: { revision: 1 },
      },
      { session, returnDocument: 'after' },
    );
    if (!next) return null;
    const act = `${given.key}/${stored.revision}`; // after a refusal it may be answered once more
    await queueSend(room, { caseId: stored._id, kind: 'supplement', act, payload }, session);
    return next;
  });
  if (!done) {
    const now2 = (await cases().findOne({ _id: stored._id }))!;
    if (now2.correctionSent === given.key) return now2;
    throw new HallError(errors.notOpen);
  }
  wakeSends();
  return done;
}
