import type { ClientSession } from 'mongoose';
import { newId } from '../../kernel/ids.ts';
import { type Sitting, sittings } from './sittingModel.ts';

type Seat = Pick<Sitting, 'hallId' | 'number'>;

/** Somebody sits down, or takes other kinds of visits: what was before ends. In the caller's transaction. */
export async function sitDown(
  seat: Seat,
  who: Pick<Sitting, 'staffId' | 'staffName' | 'groups'>,
  at: Date,
  session: ClientSession,
): Promise<void> {
  const { hallId, number } = seat;
  const now = await sittings().findOne({ hallId, number, to: null }, { session });
  if (now?.staffId === who.staffId && now.groups.join() === who.groups.join()) return;
  await standUp(seat, at, session);
  await sittings().insertOne({ _id: newId(), hallId, number, ...who, from: at, to: null }, { session });
}

export async function standUp({ hallId, number }: Seat, at: Date, session: ClientSession): Promise<void> {
  await sittings().updateMany({ hallId, number, to: null }, { $set: { to: at } }, { session });
}

/** The last sittings at a window, newest first. */
export const sittingsAt = ({ hallId, number }: Seat): Promise<Sitting[]> =>
  sittings().find({ hallId, number }).sort({ from: -1, _id: -1 }).limit(60).toArray();
