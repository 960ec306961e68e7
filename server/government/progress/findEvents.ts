import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import type { CaseEvent } from './caseEvent.ts';
import { eventFromRow } from './fromRow.ts';
import { ProgressRowModel, type StoredRow } from './rowModel.ts';

const opened = (cipher: FieldCipher, { _id, table, rowSealed }: StoredRow): CaseEvent[] => {
  const raw = JSON.parse(cipher.decrypt(rowSealed, `progress.row/${_id}`)) as Record<string, string>;
  const event = eventFromRow(table, raw);
  return event ? [event] : [];
};

/** Everything the exchange told about a case, oldest first; empty: nothing. Holds personal data. */
export async function eventsOfCase(cipher: FieldCipher, caseNumber: string): Promise<readonly CaseEvent[]> {
  const rows = await ProgressRowModel.find({ caseNumber })
    .sort({ at: 1, _id: 1 })
    .limit(500)
    .lean<StoredRow[]>();
  return rows.flatMap((row) => opened(cipher, row));
}

/** The numbers of a person's cases in all channels, newest first, by identity number (or credit code). */
export async function casesOfApplicant(
  cipher: FieldCipher,
  idNumber: string,
  page: { readonly before?: Date; readonly limit: number },
): Promise<readonly { readonly caseNumber: string; readonly at: Date }[]> {
  return ProgressRowModel.find({
    applicantIndex: cipher.index(idNumber, 'progress.applicant'),
    ...(page.before && { at: { $lt: page.before } }),
  })
    .sort({ at: -1 })
    .limit(page.limit)
    .select({ _id: 0, caseNumber: 1, at: 1 })
    .lean<{ caseNumber: string; at: Date }[]>();
}
