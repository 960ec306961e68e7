import { HallError } from '../../kernel/http/hallError.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { newId } from '../../kernel/ids.ts';
import { type BroadcastInput, broadcastsErrors } from './contract.ts';
import { type Broadcast, BroadcastModel, type HistoryEntry, noCounts } from './model.ts';
import { isMedia, preparedMedia } from './prepareMedia.ts';
import { cleanContent, requireSendable } from './preview.ts';
import { isOwn, isRunnerBound } from './rules.ts';
import { actLabels, after, type StaffAct } from './states.ts';
import { wakeRunner } from './wakeRunner.ts';

const entry = (
  act: keyof typeof actLabels,
  by: string,
  at: Date,
  note: string | null = null,
): HistoryEntry => ({
  at,
  by,
  act: actLabels[act],
  note,
});

const fieldsOf = (input: BroadcastInput) => ({
  title: input.title,
  audience: input.audience,
  content: cleanContent(input.content),
  scheduledAt: input.scheduledAt === null ? null : new Date(input.scheduledAt),
});

export async function createBroadcast(
  input: BroadcastInput,
  staff: StaffMember,
  now: Date,
): Promise<Broadcast> {
  const author = { id: staff.staffId, name: staff.name };
  const broadcast: Broadcast = {
    ...fieldsOf(input),
    _id: newId(),
    state: 'draft',
    version: 1,
    author,
    writers: [staff.staffId],
    approver: null,
    rejectReason: null,
    history: [entry('create', staff.name, now)],
    createdAt: now,
    updatedAt: now,
    snapshot: null,
    pinned: null,
    prepared: null,
    restUntil: null,
    rate: null,
    massMsgId: null,
    counts: noCounts,
    countedAt: null,
    startedAt: null,
    finishedAt: null,
  };
  await BroadcastModel.create([broadcast]);
  return broadcast;
}

/** Errors: `broadcasts.not_found`. */
export async function findBroadcast(id: string): Promise<Broadcast> {
  const found = await BroadcastModel.findById(id).lean<Broadcast>();
  if (!found) throw new HallError(broadcastsErrors.notFound);
  return found;
}

/**
 * An edit makes it a draft again, so that nothing is sent that nobody approved.
 * Errors: `not_found`, `changed` (somebody was faster), `wrong_state`.
 */
export async function editBroadcast(
  id: string,
  { version, ...input }: BroadcastInput & { version: number },
  staff: StaffMember,
  now: Date,
): Promise<Broadcast> {
  return write(id, version, 'edit', staff, now, {
    $set: { ...fieldsOf(input), approver: null, rejectReason: null },
    $addToSet: { writers: staff.staffId },
  });
}

/**
 * A picture or an article must be prepared before its approval (`prepareMedia`).
 * Errors: those of an edit, and `invalid` (submit), `own_approval` (approve, reject).
 */
export async function actOnBroadcast(
  id: string,
  act: Exclude<StaffAct, 'edit'>,
  { version, reason }: { version: number; reason?: string | undefined },
  staff: StaffMember,
  now: Date,
): Promise<Broadcast> {
  const broadcast = await findBroadcast(id);
  if ((act === 'approve' || act === 'reject') && isOwn(broadcast, staff.staffId)) {
    throw new HallError(broadcastsErrors.ownApproval);
  }
  if ((act === 'pause' || act === 'stop') && !isRunnerBound(broadcast)) {
    throw new HallError(broadcastsErrors.wrongState);
  }
  if (act === 'submit' || act === 'approve') await requireSendable(broadcast.content, broadcast.audience);
  if (act === 'approve' && isMedia(broadcast.content) && !preparedMedia(broadcast)) {
    throw new HallError(broadcastsErrors.changed); // edited while it was given to WeChat
  }
  const extra = {
    submit: { $addToSet: { writers: staff.staffId } },
    approve: { $set: { approver: { id: staff.staffId, name: staff.name } } },
    reject: { $set: { rejectReason: reason ?? null } },
    pause: {},
    resume: { $set: { restUntil: null } },
    stop: { $set: { finishedAt: now } },
  }[act];
  const changed = await write(id, version, act, staff, now, extra, reason);
  if (act === 'approve' || act === 'resume' || act === 'stop') wakeRunner();
  return changed;
}

/** One conditional write decides: of two people who act on one version, one wins. */
async function write(
  id: string,
  version: number,
  act: StaffAct,
  staff: StaffMember,
  now: Date,
  update: { $set?: object; $addToSet?: object },
  note?: string,
): Promise<Broadcast> {
  const before = await findBroadcast(id);
  if (before.version !== version) throw new HallError(broadcastsErrors.changed);
  const state = after(before.state, act);
  if (state === null) throw new HallError(broadcastsErrors.wrongState);
  const changed = await BroadcastModel.findOneAndUpdate(
    {
      _id: id,
      version,
      state: before.state,
      ...((act === 'approve' || act === 'reject') && { writers: { $ne: staff.staffId } }),
    },
    {
      ...update,
      $set: { ...update.$set, state, updatedAt: now },
      $inc: { version: 1 },
      $push: { history: entry(act, staff.name, now, note ?? null) },
    } as never,
    { returnDocument: 'after' },
  ).lean<Broadcast>();
  if (!changed) throw new HallError(broadcastsErrors.changed);
  return changed;
}
