import { inTransaction } from '../../kernel/database.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { releaseClaim } from './claimQuota.ts';
import { ledgerOf } from './ledgerOf.ts';
import { bookings } from './model.ts';
import { newest } from './newest.ts';
import type { BookingRoom } from './room.ts';
import { serveWaitlist } from './serveWaitlist.ts';
import { type Holder, slots } from './slotModel.ts';
import { isOpen, stateAfter, statesBefore } from './states.ts';
import { givePlaceBack, reopenCooled } from './takePlace.ts';
import { settleOffer } from './waitModel.ts';

/**
 * Ends holds whose time is over, opens what has cooled down, and clears what a crash left behind. Runs each minute;
 * readers that meet an ended hold call `sweepSlot` at once. Safe in several processes.
 */
export async function sweepHolds(room: BookingRoom): Promise<void> {
  const now = room.clock.now();
  const ended = bookings().find({ holdUntil: { $type: 'date', $lte: now } }, { projection: { _id: 1 } });
  for await (const { _id } of ended) await expireHold(room, _id);
  const today = localDayOf(now);
  const left = slots().find({
    day: { $gte: today, $lte: addDays(today, 60) },
    $or: [{ 'holders.until': { $lte: now } }, { 'cooling.until': { $lte: now } }],
  });
  for await (const slot of left) {
    await sweepSlot(room, slot._id, slot.holders);
    await reopenCooled(slot, now);
  }
}

/** Ends one hold if its time is over: the booking, its place and its claim change together. */
export async function expireHold(room: BookingRoom, bookingId: string): Promise<boolean> {
  const now = room.clock.now();
  const ended = await inTransaction(async (session) => {
    const to = stateAfter('expire');
    const booking = await bookings().findOneAndUpdate(
      { _id: bookingId, state: { $in: [...statesBefore('expire')] }, holdUntil: { $lte: now } },
      {
        $set: { state: to, holdUntil: null },
        $push: { history: { at: now, by: 'clock', event: 'expire', to, why: null } },
      },
      { session },
    );
    if (!booking) return null;
    await givePlaceBack(booking.slotId, { ...booking, bookingId }, null, session);
    await releaseClaim(ledgerOf(booking), bookingId, session);
    if (booking.waitId) await settleOffer(booking.waitId, 'passed', { at: now, by: 'clock' }, session);
    return booking;
  });
  if (ended) await serveWaitlist(room, ended.slotId);
  return ended !== null;
}

/** Frees what ended holders still have of a slot. Answers whether anything was freed. */
export async function sweepSlot(
  room: BookingRoom,
  slotId: string,
  holders: readonly Holder[],
): Promise<boolean> {
  const now = room.clock.now();
  let freed = false;
  for (const holder of holders) {
    if (holder.until === null || holder.until > now) continue;
    const { bookingId, personId } = holder;
    if (await expireHold(room, bookingId)) {
      freed = true;
      continue;
    }
    const booking = await bookings().findOne({ _id: bookingId }, { ...newest(), projection: { state: 1 } });
    if (booking && isOpen(booking.state)) continue;
    // No booking was ever written: the process died after taking the place.
    await releaseClaim(personId, bookingId);
    freed = (await givePlaceBack(slotId, holder, null)) || freed;
  }
  return freed;
}
