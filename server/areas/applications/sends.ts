import type { ClientSession } from 'mongoose';
import { newId } from '../../kernel/ids.ts';
import { type StoredSend, sends } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { seal, sendPlace } from './seal.ts';

export interface NewSend {
  readonly caseId: string;
  readonly kind: StoredSend['kind'];
  /** Which act of this kind: the same act written twice is sent once. */
  readonly act: string;
  readonly payload: unknown;
}

/** Writes into the outbox in the transaction of the change that causes it. */
export async function queueSend(
  room: ApplicationsRoom,
  send: NewSend,
  session: ClientSession,
): Promise<void> {
  const key = `${send.caseId}/${send.kind}/${send.act}`;
  const now = room.clock.wall();
  const row: Omit<StoredSend, 'key'> = {
    ...{ _id: newId(), caseId: send.caseId, kind: send.kind },
    sealed: send.payload === null ? null : seal(room, send.payload, sendPlace(key)),
    ...{ open: true, dueAt: now, attempts: 0, unsure: false, claim: null, problem: null, createdAt: now },
  };
  await sends().updateOne({ key }, { $setOnInsert: row }, { upsert: true, session });
}
