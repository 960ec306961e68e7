import type { ClientSession } from 'mongoose';
import { instantAt, noticeTime } from '../../kernel/localDay.ts';
import { createNotice } from '../notices/createNotice.ts';
import type { StoredCase } from './model.ts';

export const casePage = (id: string): string => `packages/apply/case/index?id=${id}`;

/** Tells the person of a new word, once each; in the transaction that changed it. */
export async function tellCase(
  before: StoredCase,
  after: StoredCase,
  at: Date,
  session: ClientSession,
): Promise<void> {
  const newCorrection = after.correction !== null && after.correction.key !== before.correction?.key;
  if (before.word === after.word && !newCorrection) return;
  const told = kindOf(after, newCorrection, at);
  if (!told) return;
  const { kind, subject, values } = told;
  const common = { matter: after.matter.name, number: after.caseNumber ?? after._id, time: noticeTime(at) };
  await createNotice(
    {
      key: `${after.personId}:${kind}:${after._id}/${subject}`,
      ...{ personId: after.personId, kind, values: { ...common, ...values }, page: casePage(after._id), at },
    },
    session,
  );
}

interface Told {
  readonly kind: string;
  readonly subject: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The result is told in five characters: WeChat's `phrase`. */
const phraseOf = (word: string): string => word.replace(/^已办结（(.*)）$/, '$1').slice(0, 5);

function kindOf(after: StoredCase, newCorrection: boolean, at: Date): Told | null {
  const last = after.steps.at(-1)?.key ?? 'receipt';
  switch (after.state) {
    case 'sending':
    case 'withdrawn': // the person's own doing
      return null;
    case 'correctionBefore':
    case 'correctionExamining': {
      const { correction } = after;
      if (!correction || !newCorrection) return null;
      const deadline = noticeTime(correction.until ? instantAt(correction.until, '23:59') : at);
      const missing = correction.reason ?? '请看需要补正的内容';
      return { kind: 'case.correction', subject: correction.key, values: { missing, deadline } };
    }
    case 'accepted':
      return { kind: 'case.accepted', subject: last, values: { department: after.matter.department } };
    case 'closed':
    case 'refused':
      return { kind: 'case.done', subject: last, values: { result: phraseOf(after.word) } };
    default:
      return { kind: 'case.updated', subject: `${after.state}/${last}`, values: { state: after.word } };
  }
}
