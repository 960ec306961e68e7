import type { ClientSession } from 'mongoose';
import { localDayOf } from '../../kernel/localDay.ts';
import { agentCounters, authorisations } from './model.ts';
import type { ProxiesRoom } from './room.ts';

/**
 * May this agent have one more authorisation? In the transaction that makes it active; two at once write the same
 * counter, so that one of them counts again after the other.
 */
export async function countOneMore(
  room: ProxiesRoom,
  agentId: string,
  session: ClientSession,
): Promise<boolean> {
  await agentCounters().updateOne({ _id: agentId }, { $inc: { version: 1 } }, { upsert: true, session });
  const active = await authorisations().countDocuments(
    { agentId, state: 'active', validUntil: { $gte: localDayOf(room.clock.now()) } },
    { session },
  );
  return active < room.rules.perAgent;
}
