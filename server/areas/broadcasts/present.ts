import type { StaffMember } from '../../kernel/http/route.ts';
import { fieldRules } from '../../wechat/official-account/templateFields.ts';
import { templates } from '../notices/templates.ts';
import type { BroadcastView, TemplateList } from './contract.ts';
import type { Broadcast, StoredCounts } from './model.ts';
import { actsFor } from './rules.ts';
import { stateLabels } from './states.ts';

export function presentBroadcast(
  broadcast: Broadcast,
  counts: StoredCounts,
  audienceLabel: string,
  staff: StaffMember,
): BroadcastView {
  const { author, approver, history } = broadcast;
  return {
    id: broadcast._id,
    title: broadcast.title,
    state: broadcast.state,
    stateLabel: labelOf(broadcast),
    audience: broadcast.audience,
    audienceLabel,
    content: broadcast.content,
    scheduledAt: broadcast.scheduledAt?.toISOString() ?? null,
    version: broadcast.version,
    author,
    approver,
    rejectReason: broadcast.rejectReason,
    counts,
    progress: progressOf(broadcast, counts),
    history: history.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })),
    acts: actsFor(broadcast, staff),
    createdAt: broadcast.createdAt.toISOString(),
    updatedAt: broadcast.updatedAt.toISOString(),
  };
}

function labelOf({ state, restUntil }: Broadcast): string {
  return state === 'sending' && restUntil ? '等待额度，明天继续' : stateLabels[state];
}

/** How far it is: share 0–1, messages a second, seconds left. */
function progressOf(broadcast: Broadcast, counts: StoredCounts): BroadcastView['progress'] {
  if (broadcast.startedAt === null) return null;
  const done = counts.audience - counts.waiting;
  const complete = broadcast.snapshot?.done !== false;
  const rate = broadcast.state === 'sending' ? broadcast.rate : null;
  return {
    share: counts.audience > 0 ? done / counts.audience : broadcast.finishedAt ? 1 : 0,
    perSecond: rate,
    secondsLeft: rate && complete ? Math.ceil(counts.waiting / rate) : null,
  };
}

export function presentTemplates(): TemplateList {
  return {
    templates: [...templates.values()].map(({ id, title, broadcast, fields }) => ({
      id,
      title,
      broadcast,
      fields: fields.map(({ from, label, kind, example }) => ({
        key: from,
        label,
        kind,
        limit: fieldRules[kind].limit,
        example,
      })),
    })),
  };
}
