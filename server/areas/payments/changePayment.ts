import type { ClientSession } from 'mongoose';
import { type Payment, payments } from './model.ts';
import { isOpen, type PaymentEvent, stateAfter, statesBefore } from './states.ts';

export interface Change {
  readonly at: Date;
  /** A person's or a member of staff's id, `wechat`, or `system`. */
  readonly by: string;
  readonly why?: string;
  readonly facts?: Partial<Payment>;
  readonly session?: ClientSession;
  /** The claim of a worker: nothing happens when it has lost it. */
  readonly claim?: string;
}

/** Moves a payment along one edge of the graph; null when it stands elsewhere (another was first). */
export async function changePayment(
  id: string,
  event: PaymentEvent,
  { at, by, why, facts = {}, session, claim }: Change,
): Promise<Payment | null> {
  const to = stateAfter(event);
  return payments().findOneAndUpdate(
    { _id: id, state: { $in: [...statesBefore(event)] }, ...(claim !== undefined && { claim }) },
    {
      $set: { ...facts, state: to, open: isOpen(to), claim: null },
      $push: { history: { at, by, event, to, why: why ?? null } },
    },
    { returnDocument: 'after', ...(session && { session }) },
  );
}
