import type { UpdateFilter } from 'mongodb';
import { type Notice, type NoticeChannel, NoticeModel, type NoticeState } from './model.ts';
import { requireEdge } from './states.ts';

/** A notice as its worker holds it. */
export type ClaimedNotice = Notice & { readonly claim: string };

export interface NoticeProblem {
  readonly code: number | null;
  readonly message: string;
  readonly rid: string | null;
}

const write = async (notice: ClaimedNotice, update: UpdateFilter<Notice>): Promise<boolean> => {
  const { modifiedCount } = await NoticeModel.collection.updateOne(
    { _id: notice._id as never, claim: notice.claim, state: 'sending' },
    update as never,
  );
  return modifiedCount === 1;
};

/**
 * The intent, written just before the call: the channel, what is said, and since when WeChat may have it. False: the
 * lease ran out and somebody else has the notice; do not send.
 */
export async function markTried(
  notice: ClaimedNotice,
  tried: { channel: NoticeChannel; firstTriedAt: Date; pinned: Notice['pinned'] },
): Promise<boolean> {
  const { matchedCount } = await NoticeModel.collection.updateOne(
    { _id: notice._id as never, claim: notice.claim, state: 'sending' },
    { $set: tried },
  );
  return matchedCount === 1;
}

export function settleSent(notice: ClaimedNotice, msgId: string | null, wall: Date): Promise<boolean> {
  requireEdge('sending', 'sent');
  return write(notice, {
    $set: { state: 'sent', msgId, sentAt: wall, claim: null, problem: null },
    $unset: { open: '' },
  });
}

export function settleFinally(
  notice: ClaimedNotice,
  state: Extract<NoticeState, 'failed' | 'unknown' | 'unreachable' | 'expired' | 'optedOut'>,
  problem: NoticeProblem | null,
  wall: Date,
): Promise<boolean> {
  requireEdge('sending', state);
  return write(notice, { $set: { state, problem, settledAt: wall, claim: null }, $unset: { open: '' } });
}

/** Back into the outbox until `dueAt`. `sure`: it certainly was not sent, so every channel is open again. */
export function putOff(
  notice: ClaimedNotice,
  dueAt: Date,
  sure: boolean,
  problem: NoticeProblem | null,
): Promise<boolean> {
  requireEdge('sending', 'created');
  return write(notice, {
    $set: {
      state: 'created',
      dueAt,
      claim: null,
      problem,
      ...(sure && { firstTriedAt: null, channel: null }),
    },
  });
}
