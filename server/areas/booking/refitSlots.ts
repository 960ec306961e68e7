import { localDayOf } from '../../kernel/localDay.ts';
import type { Hall } from '../halls/model.ts';
import { fullSlots } from './fullSlots.ts';
import { type Booking, bookings } from './model.ts';
import { newest } from './newest.ts';
import type { BookingRoom } from './room.ts';
import { type PlannedSlot, planDay } from './schedule.ts';
import { type Slot, slots } from './slotModel.ts';
import { statesBefore } from './states.ts';

/** Why a slot that the timetable no longer has cannot be taken; a closure writes its own reason instead. */
export const unplanned = '时段已调整';

interface Fit {
  readonly slot: Slot;
  /** What the timetable gives it now; null: it no longer has it. */
  readonly target: number | null;
  readonly taken: number;
}

const takenOf = (slot: Pick<Slot, 'holders' | 'cooling'>): number =>
  [...slot.holders, ...slot.cooling].reduce((sum, each) => sum + each.units, 0);

/** The stored slots of a hall from today on, each with what the timetable gives it. */
async function fits(room: BookingRoom, hall: Hall): Promise<Fit[]> {
  const today = localDayOf(room.clock.now());
  const stored = await slots()
    .find({ hallId: hall.id, day: { $gte: today } }, newest())
    .toArray();
  const plans = new Map<string, readonly PlannedSlot[]>();
  return stored.map((slot) => {
    const key = `${slot.zone}|${slot.group}|${slot.day}`;
    let plan = plans.get(key);
    if (!plan) {
      plan = planDay(hall, slot, slot.day, room.calendar, room.rules).slots;
      plans.set(key, plan);
    }
    const planned = plan.find((each) => each.start === slot.start && each.end === slot.end);
    return { slot, target: planned?.capacity ?? null, taken: takenOf(slot) };
  });
}

/**
 * The bookings that a timetable has no place for: all of a slot that is gone, and in a slot that became smaller those who
 * booked last. Changes nothing.
 */
export async function bookingsBeyond(room: BookingRoom, hall: Hall): Promise<Booking[]> {
  const tight = (await fits(room, hall)).filter(({ target, taken }) => taken > (target ?? 0));
  const found = await bookings()
    .find({
      slotId: { $in: tight.map(({ slot }) => slot._id) },
      state: { $in: [...statesBefore('closeHall')] },
    })
    .toArray();
  const hit: Booking[] = [];
  for (const { slot, target, taken } of tight) {
    let over = taken - (target ?? 0);
    const lastFirst = found
      .filter((each) => each.slotId === slot._id)
      .sort((a, b) => bookedAt(b) - bookedAt(a) || (a._id < b._id ? 1 : -1));
    for (const booking of lastFirst) {
      if (over <= 0) break;
      hit.push(booking);
      over -= booking.units;
    }
  }
  return hit.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || bookedAt(a) - bookedAt(b));
}

const bookedAt = (booking: Booking): number => (booking.bookedAt ?? booking.createdAt).getTime();

/** Shuts, until `refitSlots`, what the timetable has no room for, so that a place given back is not taken again. */
export async function shutBeyond(room: BookingRoom, hall: Hall): Promise<void> {
  const tight = (await fits(room, hall)).filter(({ target, taken }) => target === null || taken > target);
  await slots().updateMany(
    { _id: { $in: tight.map(({ slot }) => slot._id) }, closed: null },
    { $set: { closed: unplanned } },
  );
}

/**
 * Gives every stored slot the capacity of the timetable, never less than what is taken of it: a write conditional on what
 * was read, so that nothing taken meanwhile is lost (I1). What the timetable has again is opened again. Safe to repeat.
 */
export async function refitSlots(room: BookingRoom, hall: Hall): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    let again = false;
    for (const { slot, target, taken } of await fits(room, hall)) {
      const capacity = Math.max(target ?? 0, taken);
      const closed =
        target === null ? (slot.closed ?? unplanned) : slot.closed === unplanned ? null : slot.closed;
      if (capacity === slot.capacity && closed === slot.closed) continue;
      const { modifiedCount } = await slots().updateOne(
        { _id: slot._id, capacity: slot.capacity, left: slot.left, closed: slot.closed },
        { $set: { capacity, left: capacity - taken, closed } },
      );
      fullSlots.forget(slot._id);
      again ||= modifiedCount !== 1;
    }
    if (!again) return;
  }
}
