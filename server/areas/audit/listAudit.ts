import type { AuditList } from './contract.ts';
import { actLabel } from './labels.ts';
import { AuditModel, type AuditRow } from './model.ts';

type Stored = Omit<AuditRow, 'id'> & { _id: string };

const pageSize = 50;

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly result?: 'ok' | 'refused' | undefined;
  readonly before?: string | undefined;
}

/** The ledger, newest first. Citizens stay ids; staff are named. */
export async function listAudit(
  filter: AuditFilter,
  staffNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<AuditList> {
  const { actor, subject, result, before } = filter;
  const found = await AuditModel.find({
    ...(actor && { 'actor.id': actor }),
    ...(subject && { 'subject.id': subject }),
    ...(result && { result }),
    ...(before && { _id: { $lt: before } }),
  })
    .sort({ _id: -1 })
    .limit(pageSize + 1)
    .lean<Stored[]>();
  const rows = found.slice(0, pageSize);
  const ids = rows.flatMap((row) => (row.actor.kind === 'staff' && row.actor.id ? [row.actor.id] : []));
  const names = await staffNames([...new Set(ids)]);
  return {
    rows: rows.map((row) => ({
      id: row._id,
      at: row.at.toISOString(),
      actor: { ...row.actor, name: nameOf(row.actor, names) },
      act: row.act,
      actLabel: actLabel(row.act),
      subject: row.subject,
      result: row.result,
      facts: { ...row.facts },
    })),
    next: found.length > pageSize ? rows.at(-1)!._id : null,
  };
}

function nameOf(actor: AuditRow['actor'], names: ReadonlyMap<string, string>): string {
  if (actor.kind === 'system') return '系统';
  if (actor.kind === 'citizen') return '市民';
  return (actor.id && names.get(actor.id)) ?? '不存在的账号';
}
