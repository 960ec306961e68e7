import type { ClientSession } from 'mongoose';
import { newId } from '../../kernel/ids.ts';
import { AuditModel, type AuditRow } from './model.ts';

export type AuditEntry = Omit<AuditRow, 'id' | 'facts' | 'subject' | 'requestId'> & {
  readonly subject?: AuditRow['subject'];
  readonly facts?: AuditRow['facts'];
  readonly requestId?: string | null;
};

/**
 * Writes one row of the audit ledger, in the caller's transaction when there is one.
 * Source: GB/T 22239-2019 8.1.4.3 (等保三级): time, subject, type and result of every user's acts.
 */
export async function recordAudit(entry: AuditEntry, session?: ClientSession): Promise<void> {
  const row = { subject: null, facts: {}, requestId: null, ...entry, _id: newId(entry.at.getTime()) };
  await AuditModel.create([row], session ? { session } : {});
}
