import { CallModel, type CallRow } from '../../government/kit/callLog.ts';
import { notSentResults, type Outcome, outcomeOf } from '../../government/kit/outcome.ts';
import { newId } from '../../kernel/ids.ts';
import type { CallList, CallView } from './contract.ts';
import { resultWords } from './words.ts';

const pageSize = 30;
const lookBackMs = 7 * 86_400_000;

export interface CallFilter {
  readonly outcome?: Outcome | undefined;
  readonly operation?: string | undefined;
  readonly before?: string | undefined;
}

const resultFilter = (outcome: Outcome): unknown => {
  if (outcome === 'ok') return 'ok';
  if (outcome === 'refused') return { $regex: '^refused:' };
  if (outcome === 'notSent') return { $in: [...notSentResults] };
  return { $not: /^refused:/, $nin: ['ok', 'begun', ...notSentResults] };
};

/** The audit of one system, newest first. Citizens stay ids, and only their ends; staff are named. */
export async function listCalls(
  system: string,
  filter: CallFilter,
  staffNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  now: Date,
): Promise<CallList> {
  const { outcome, operation, before } = filter;
  // A filter reads the rows one by one: it looks back a week, not for ever.
  const since = outcome || operation ? newId(now.getTime() - lookBackMs) : null;
  const found = await CallModel.find({
    system,
    ...(outcome && { result: resultFilter(outcome) }),
    ...(operation && { operation }),
    ...((before || since) && { _id: { ...(before && { $lt: before }), ...(since && { $gte: since }) } }),
  } as never)
    .sort({ _id: -1 })
    .limit(pageSize + 1)
    .lean<CallRow[]>();
  const rows = found.slice(0, pageSize);
  const staffIds = rows.flatMap(({ actor }) => (actor.startsWith('staff:') ? [actor.slice(6)] : []));
  const names = await staffNames([...new Set(staffIds)]);
  return {
    calls: rows.map((row) => viewOf(row, names)),
    next: found.length > pageSize ? rows.at(-1)!._id : null,
  };
}

function viewOf(row: CallRow, names: ReadonlyMap<string, string>): CallView {
  const { operation, purpose, matterCode, result, attempts, ms } = row;
  return {
    ...{ id: row._id, at: row.at.toISOString(), operation, purpose, matterCode, result, attempts, ms },
    actor: actorWords(row.actor, names),
    args: { ...row.args },
    outcome: outcomeOf(result),
    words: resultWords(result),
  };
}

function actorWords(actor: string, names: ReadonlyMap<string, string>): string {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'staff') return names.get(id) ?? '不存在的账号';
  return kind === 'citizen' ? `市民 …${id.slice(-4)}` : '系统';
}
