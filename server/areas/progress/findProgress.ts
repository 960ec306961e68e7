import { GovernmentError } from '../../government/kit/governmentError.ts';
import { findLastGood, keepLastGood } from '../../government/kit/lastGood.ts';
import type { PortalCase, ProgressSystem } from '../../government/progress/port.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { noticeTime } from '../../kernel/localDay.ts';
import { type ChanceRules, giveBackChances, takeChances } from '../ratings/chances.ts';
import { type ProgressRequest, type ProgressView, progressErrors } from './contract.ts';

/** What the area needs from the house. */
export interface ProgressRoom {
  readonly clock: Clock;
  readonly cipher: Pick<FieldCipher, 'index'>;
  /** Null where the progress exchange is not configured. */
  readonly progress: Pick<ProgressSystem, 'query'> | null;
  readonly misses: ChanceRules;
}

/**
 * A case of every channel by the applicant's name and its number. A miss costs a chance of the caller and of the number;
 * the answer does not tell which part was wrong. While the province does not answer, what it said last, with its age: only to
 * whoever gives the same name and number.
 * Errors: 404 progress.unknown, 429 progress.too_many_misses, 503 progress.unavailable.
 */
export async function findProgress(
  room: ProgressRoom,
  personId: string,
  { name, number }: ProgressRequest,
): Promise<ProgressView> {
  const { clock, cipher, progress, misses } = room;
  if (!progress) throw new HallError(progressErrors.unavailable);
  const chances = [
    `progress caller ${personId}`,
    `progress number ${cipher.index(number, 'progress.number')}`,
  ];
  if (!(await takeChances(clock, misses, chances))) throw new HallError(progressErrors.tooManyMisses);
  const key = `progress.case/${cipher.index(`${number} ${name}`, 'progress.case')}`;
  try {
    const asker = { kind: 'citizen', id: personId } as const;
    const found = await progress.query({ name, caseNumber: number }, null, asker);
    await giveBackChances(chances);
    await keepLastGood(key, present(found), clock.now());
    return { ...present(found), asOf: null };
  } catch (error) {
    if (!(error instanceof GovernmentError)) throw error;
    if (error.kind === 'refused') throw new HallError(refusals[error.code] ?? progressErrors.unavailable);
    const last = await findLastGood<Omit<ProgressView, 'asOf'>>(key);
    // An outage tells nothing about the name: a chance is given back only where the pair was right before.
    if (!last) throw new HallError(progressErrors.unavailable);
    await giveBackChances(chances);
    return { ...last.value, asOf: noticeTime(last.at) };
  }
}

const refusals: Readonly<Record<string, (typeof progressErrors)[keyof typeof progressErrors]>> = {
  notFound: progressErrors.unknown,
  tooOften: progressErrors.tooManyMisses,
};

const present = (found: PortalCase): Omit<ProgressView, 'asOf'> => ({
  number: found.caseNumber,
  matter: found.matterName,
  applicant: found.applicantMasked,
  state: found.state,
  appliedAt: noticeTime(found.appliedAt),
  promisedDay: found.promisedDay,
  steps: found.steps.map(({ name, at }) => ({ name, at: noticeTime(at) })),
});
