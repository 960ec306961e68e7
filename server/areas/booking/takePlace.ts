import type { ClientSession } from 'mongoose';
import { isDuplicateKey } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { fullSlots } from './fullSlots.ts';
import { newest } from './newest.ts';
import type { BookingRoom } from './room.ts';
import type { PlannedSlot } from './schedule.ts';
import { type Holder, type Slot, slotIdOf, slots } from './slotModel.ts';

export type Taking =
  | { readonly is: 'taken' }
  /** The same person already has this slot for this matter. */
  | { readonly is: 'mine'; readonly holder: Holder }
  | { readonly is: 'full' }
  /** What is free of it is for those who wait. */
  | { readonly is: 'waitedFor' }
  | { readonly is: 'closed'; readonly reason: string }
  /** Nobody has opened this slot yet. */
  | { readonly is: 'missing' }
  /** The slot changed between the write that did not match and the read that asked why: it may match now. */
  | { readonly is: 'again' };

/**
 * Takes a part of a slot by ONE conditional write: whoever wins it has the place. Nothing was checked before that
 * could have changed, so no interleaving of processes oversells (I1).
 */
export async function takePlace(slotId: string, holder: Holder, session?: ClientSession): Promise<Taking> {
  const { personId, matterId, units, scarce } = holder;
  const { modifiedCount } = await slots().updateOne(
    {
      _id: slotId,
      closed: null,
      left: { $gte: units },
      'waiting.0': { $exists: false },
      ...Object.fromEntries(scarce.map((id) => [`scarce.${id}`, { $gte: 1 }])),
      holders: { $not: { $elemMatch: { personId, matterId } } },
    },
    { $inc: placeAmounts(-units, scarce, -1), $push: { holders: holder } },
    { ...(session && { session }) },
  );
  if (modifiedCount === 1) return { is: 'taken' };
  const slot = await slots().findOne(
    { _id: slotId },
    {
      ...newest(session),
      projection: {
        left: 1,
        closed: 1,
        scarce: 1,
        waiting: 1,
        holders: { $elemMatch: { personId, matterId } },
      },
    },
  );
  if (!slot) return { is: 'missing' };
  const mine = slot.holders?.[0];
  if (mine) return { is: 'mine', holder: mine };
  if (slot.closed !== null) return { is: 'closed', reason: slot.closed };
  if (slot.waiting?.length > 0) return { is: 'waitedFor' };
  const fits = slot.left >= units && scarce.every((id) => (slot.scarce[id] ?? 0) >= 1);
  return fits ? { is: 'again' } : { is: 'full' };
}

/**
 * Gives a part back, exactly once however often it is called: only the one who removes the holder returns the units.
 * `coolUntil`: the part stays shut until then. Answers whether this call did it.
 */
export async function givePlaceBack(
  slotId: string,
  { bookingId, units, scarce }: Pick<Holder, 'bookingId' | 'units' | 'scarce'>,
  coolUntil: Date | null,
  session?: ClientSession,
): Promise<boolean> {
  const { modifiedCount } = await slots().updateOne(
    { _id: slotId, 'holders.bookingId': bookingId },
    {
      $pull: { holders: { bookingId } },
      ...(coolUntil
        ? { $push: { cooling: { id: newId(), units, scarce, until: coolUntil } } }
        : { $inc: placeAmounts(units, scarce, 1) }),
    },
    { ...(session && { session }) },
  );
  fullSlots.forget(slotId);
  return modifiedCount === 1;
}

/** Opens what has cooled down. Answers whether anything was. */
export async function reopenCooled(slot: Pick<Slot, '_id' | 'cooling'>, now: Date): Promise<boolean> {
  let reopened = false;
  for (const { id, units, scarce, until } of slot.cooling) {
    if (until > now) continue;
    const { modifiedCount } = await slots().updateOne(
      { _id: slot._id, 'cooling.id': id },
      { $pull: { cooling: { id } }, $inc: placeAmounts(units, scarce, 1) },
    );
    reopened ||= modifiedCount === 1;
  }
  if (reopened) fullSlots.forget(slot._id);
  return reopened;
}

/** Writes the slots of a day that nobody has asked for before. Safe to run at once in several processes. */
export async function openSlots(
  room: BookingRoom,
  where: Pick<Slot, 'hallId' | 'zone' | 'group' | 'day'> & { readonly groupKey: string },
  planned: readonly PlannedSlot[],
  closed: string | null = null,
): Promise<void> {
  if (planned.length === 0) return;
  const { groupKey, ...rest } = where;
  const scarce = Object.fromEntries(
    room.rules.scarce
      .filter((each) => each.hallId === where.hallId)
      .map(({ id, perSlot }) => [id, perSlot] as const),
  );
  const rows = planned.map(
    ({ start, end, capacity }): Slot => ({
      _id: slotIdOf(groupKey, where.day, start),
      ...rest,
      start,
      end,
      capacity,
      left: capacity,
      scarce,
      holders: [],
      cooling: [],
      waiting: [],
      closed,
    }),
  );
  await slots()
    .insertMany(rows, { ordered: false })
    .catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
}

/** A change of what is left of a slot, and of its scarce resources. */
export const placeAmounts = (
  units: number,
  scarce: readonly string[],
  each: 1 | -1,
): Record<string, number> => ({
  left: units,
  ...Object.fromEntries(scarce.map((id) => [`scarce.${id}`, each])),
});
