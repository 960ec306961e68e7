import { HallError } from '../../kernel/http/hallError.ts';
import { dayLabel, instantAt, type LocalDay } from '../../kernel/localDay.ts';
import { closedNote, dayClosed } from './checkSlot.ts';
import { type BookingSlots, bookingErrors } from './contract.ts';
import { findPlace, planFor } from './findPlace.ts';
import { horizonAt } from './horizon.ts';
import { leftOf } from './listDays.ts';
import type { BookingRoom } from './room.ts';
import { type Slot, slotIdOf, slots } from './slotModel.ts';
import { sweepSlot } from './sweepHolds.ts';
import { reopenCooled } from './takePlace.ts';
import { closesAt } from './waitRules.ts';

/**
 * The slots of one day. `beingTaken`: full, and somebody's hold may still end.
 * Errors: 404 booking.matter_not_here, 409 booking.day_closed, 409 booking.day_not_released.
 */
export async function listSlots(
  room: BookingRoom,
  query: { matter: string; hall: string; date: LocalDay },
): Promise<BookingSlots> {
  const { date } = query;
  const place = await findPlace(room, [query.matter], query.hall);
  const now = room.clock.now();
  const horizon = horizonAt(now, query.hall, room.calendar, room.rules, room.secret);
  const { slots: planned, reason } = planFor(room, place, date);
  if (planned.length === 0) throw dayClosed(closedNote(date, reason, room.calendar));
  if (date > horizon.through) throw new HallError(bookingErrors.dayNotReleased);
  const stored = await freshSlots(
    room,
    planned.map((each) => slotIdOf(place.groupKey, date, each.start)),
    now,
  );
  return {
    date,
    label: dayLabel(date),
    slots: planned.map((each) => {
      const slot = stored.get(slotIdOf(place.groupKey, date, each.start));
      const { start, end } = each;
      const waiting = slot?.waiting?.length ?? 0;
      if (date < horizon.from || instantAt(date, start) <= now) {
        return { start, end, state: 'past', left: 0, waiting };
      }
      const left = leftOf(place, each, slot);
      if (left > 0) return { start, end, state: 'open', left, waiting };
      const held = slot?.closed === null && slot.holders.some((holder) => holder.until !== null);
      const shut = slot !== undefined && slot.closed !== null;
      const canWait = !shut && closesAt(date, start, room.rules) > now;
      return { start, end, state: held ? 'beingTaken' : 'full', left: 0, waiting, canWait };
    }),
  };
}

/** The stored slots, after ended holds among them were swept: a reader never sees a place kept by nobody. */
async function freshSlots(
  room: BookingRoom,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Slot>> {
  const read = () =>
    slots()
      .find({ _id: { $in: [...ids] } })
      .toArray();
  let rows = await read();
  let changed = false;
  for (const row of rows) {
    changed = (await sweepSlot(room, row._id, row.holders)) || changed;
    changed = (await reopenCooled(row, now)) || changed;
  }
  if (changed) rows = await read();
  return new Map(rows.map((row) => [row._id, row]));
}
