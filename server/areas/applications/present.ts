import { presentFile } from '../attachments/fileView.ts';
import type { StoredFile } from '../attachments/model.ts';
import type { CaseCard, CaseView, Conflict, DraftView } from './contract.ts';
import type { LifeStep } from './deriveCase.ts';
import type { OpenDraft } from './drafts.ts';
import type { FrozenForm } from './forms.ts';
import type { CaseContent, StoredCase } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { casePlace, codePlace, open } from './seal.ts';
import { mayWithdraw } from './withdrawCase.ts';
import { wordsOf } from './words.ts';

const matterOf = ({ id, name, department }: StoredCase['matter']) => ({ id, name, department });

export function presentDraft(
  room: ApplicationsRoom,
  { stored, content }: OpenDraft,
  frozen: FrozenForm,
  files: readonly StoredFile[],
  more: { readonly conflicts?: readonly Conflict[]; readonly newestKey?: string } = {},
): DraftView {
  const { situation, answers, materials, delivery } = content;
  return {
    ...{ id: stored._id, revision: stored.revision, matter: matterOf(stored.matter), form: frozen.raw },
    ...{ situation: { ...situation }, answers: { ...answers }, materials: { ...materials }, delivery },
    files: files.map((file) => presentFile(room.files, file)),
    conflicts: [...(more.conflicts ?? [])],
    savedAt: stored.savedAt.toISOString(),
    newerForm: more.newestKey !== undefined && more.newestKey !== frozen.key,
    caseId: stored.caseId,
  };
}

export const presentCard = (stored: StoredCase): CaseCard => ({
  ...{ id: stored._id, matter: stored.matter.name, state: stored.state, word: stored.word, tip: stored.tip },
  ...{ caseNumber: stored.caseNumber, submittedAt: stored.submittedAt.toISOString() },
  needsMe:
    stored.state === 'toConfirm' ||
    (stored.correction !== null && stored.correctionSent !== stored.correction.key),
});

const texts: Readonly<Record<LifeStep['event'], string>> = {
  preReviewPassed: '材料初审通过',
  notTaken: '部门决定不受理',
  correctionAsked: '部门请您补正',
  correctionTaken: '补正已收到',
  accepted: '部门受理了申请',
  examined: '部门在审查',
  specialBegun: '进入特别程序，办理时限暂停',
  specialEnded: '特别程序结束，继续计时',
  closed: '办理完成',
  collected: '结果已领取',
  withdrawn: '您撤回了申请',
};

export function presentCase(
  room: ApplicationsRoom,
  stored: StoredCase,
  frozen: FrozenForm,
  files: readonly StoredFile[],
): CaseView {
  const content = open<CaseContent>(room, stored.sealed, casePlace(stored._id));
  const code = stored.queryCodeSealed && open<string>(room, stored.queryCodeSealed, codePlace(stored._id));
  const { correction, result } = stored;
  const wordOf = (step: LifeStep): string =>
    step.to === 'closed' ? stored.word : wordsOf(step.to, null, stored.deliveryWay).word;
  const started = {
    at: stored.submittedAt.toISOString(),
    word: '提交',
    text: '您提交了申请',
    implied: false,
  };
  return {
    ...presentCard(stored),
    draftId: stored.draftId,
    ...{
      department: stored.matter.department,
      queryCode: code,
      form: frozen.raw,
      situation: { ...content.situation },
    },
    ...{ answers: { ...content.answers }, materials: { ...content.materials }, delivery: content.delivery },
    files: files.map((file) => presentFile(room.files, file)),
    timeline: [
      started,
      ...stored.steps.map((step) => {
        const text =
          step.to === 'special' && step.event === 'examined' ? '特别程序期间审查继续' : texts[step.event];
        return { at: step.at.toISOString(), word: wordOf(step), text, implied: step.implied };
      }),
    ],
    correction: correction && {
      ...{ key: correction.key, reason: correction.reason, until: correction.until },
      ...{ fields: [...correction.fields], materials: [...correction.materials] },
      sent: stored.correctionSent === correction.key,
    },
    ...{
      dueDay: stored.dueDay,
      paused: stored.paused,
      problem: stored.problem,
      mayWithdraw: mayWithdraw(stored),
    },
    result: result && { ...result, documents: [...result.documents] },
  };
}
