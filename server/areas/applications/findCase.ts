import { HallError } from '../../kernel/http/hallError.ts';
import { applicationsErrors as errors } from './contract.ts';
import { cases, type StoredCase } from './model.ts';

const pageSize = 20;

/** Somebody's case. Errors: `case_unknown`, the same for a case of somebody else and for none at all. */
export async function findMyCase(personId: string, id: string): Promise<StoredCase> {
  const stored = await cases().findOne({ _id: id, personId });
  if (!stored) throw new HallError(errors.caseUnknown);
  return stored;
}

/** Somebody's own case by its number; null as well for a case of somebody else. */
export const findMyCaseByNumber = (personId: string, caseNumber: string): Promise<StoredCase | null> =>
  cases().findOne({ personId, caseNumber });

/** Newest first; ids grow with time. */
export async function listMyCases(
  personId: string,
  before?: string,
): Promise<{ readonly cases: StoredCase[]; readonly next: string | null }> {
  const found = await cases()
    .find({ personId, ...(before !== undefined && { _id: { $lt: before } }) })
    .sort({ _id: -1 })
    .limit(pageSize + 1)
    .toArray();
  const page = found.slice(0, pageSize);
  return { cases: page, next: found.length > pageSize ? page.at(-1)!._id : null };
}
