import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { applicationsErrors as errors } from './contract.ts';
import { cases, type StoredCase } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { queueSend } from './sends.ts';
import { caseGraph, isEnd } from './states.ts';
import { wakeSends } from './wake.ts';
import { wordsOf } from './words.ts';

export function mayWithdraw({ state, withdrawAsked }: Pick<StoredCase, 'state' | 'withdrawAsked'>): boolean {
  if (isEnd(state) || withdrawAsked) return false;
  return state === 'toConfirm' || state === 'sending' || caseGraph[state].withdrawn !== undefined;
}

/**
 * The citizen takes it back, before the decision. What never left the house ends at once; the rest when 综合受理 agrees.
 * Errors: `too_late`.
 */
export async function withdrawCase(
  room: ApplicationsRoom,
  stored: StoredCase,
  reason: string,
): Promise<StoredCase> {
  if (stored.state === 'withdrawn' || stored.withdrawAsked) return stored;
  if (!mayWithdraw(stored)) throw new HallError(errors.tooLate);
  const now = room.clock.now();
  const inHouse = stored.state === 'toConfirm';
  const facts = inHouse
    ? {
        state: 'withdrawn' as const,
        ...wordsOf('withdrawn', null, stored.deliveryWay),
        open: false,
        problem: null,
      }
    : { tip: '撤回申请已收到，正在通知办理部门。' };
  const done = await inTransaction(async (session) => {
    const next = await cases().findOneAndUpdate(
      { _id: stored._id, revision: stored.revision },
      { $set: { ...facts, withdrawAsked: now }, $inc: { revision: 1 } },
      { session, returnDocument: 'after' },
    );
    if (next && !inHouse) {
      const payload = { reason, at: now.toISOString() };
      await queueSend(
        room,
        { caseId: stored._id, kind: 'withdraw', act: String(stored.revision), payload },
        session,
      );
    }
    return next;
  });
  if (!done) return withdrawCase(room, (await cases().findOne({ _id: stored._id }))!, reason);
  wakeSends();
  return done;
}
