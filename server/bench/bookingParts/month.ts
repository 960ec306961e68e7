import { findPlace, planFor } from '../../areas/booking/findPlace.ts';
import { listDays } from '../../areas/booking/listDays.ts';
import { type Booking, bookings } from '../../areas/booking/model.ts';
import { newBooking } from '../../areas/booking/newBooking.ts';
import { type Slot, slotIdOf, slots } from '../../areas/booking/slotModel.ts';
import { minutesOf } from '../../areas/halls/rules.ts';
import { newId } from '../../kernel/ids.ts';
import { benchNow, benchRoom, median, rounded, say, widestMatter, workdaysFrom } from './hall.ts';

const perDay = 200;
const workdays = 22; // about 30 days

/**
 * Availability of one matter in all halls for 30 days, 200 bookings a day in each hall: CPU of this process per hall and
 * month, and how many times as much the naive way costs: all bookings of the month, counted slot by slot.
 */
export async function month(): Promise<{ month_ms: number; vs_naive: number }> {
  const room = benchRoom(workdays - 1);
  const { matter, halls } = widestMatter();
  for (const hall of halls) await fill(room, matter, hall.id);
  say(
    `month: ${halls.length} halls, ${workdays} working days, ${await bookings().countDocuments({})} bookings`,
  );

  const ours = await cpuPerCall(7, () => Promise.all(halls.map((hall) => listDays(room, matter, hall.id))));
  const theirs = await cpuPerCall(2, async () => {
    for (const hall of halls) await naive(room, matter, hall.id);
  });
  const [first] = halls;
  const days = (await listDays(room, matter, first!.id)).days.filter((each) => each.state === 'open');
  const counted = await naive(room, matter, first!.id);
  for (const day of days) {
    if (counted.get(day.date) !== day.left)
      throw new Error(`${day.date}: ${day.left} and ${counted.get(day.date)}`);
  }
  return { month_ms: rounded(ours / halls.length), vs_naive: rounded(theirs / ours, 1) };
}

async function cpuPerCall(times: number, call: () => Promise<unknown>): Promise<number> {
  await call();
  const each: number[] = [];
  for (let n = 0; n < times; n++) {
    const before = process.cpuUsage();
    await call();
    const used = process.cpuUsage(before);
    each.push((used.user + used.system) / 1000);
  }
  return median(each);
}

async function fill(room: ReturnType<typeof benchRoom>, matter: string, hallId: string): Promise<void> {
  const place = await findPlace(room, [matter], hallId);
  const rows: Booking[] = [];
  const filled: Slot[] = [];
  for (const date of workdaysFrom(workdays)) {
    const planned = planFor(room, place, date).slots;
    const holders = planned.map(() => [] as Slot['holders'][number][]);
    for (let n = 0; n < perDay; n++) {
      const at = n % planned.length;
      if ((holders[at]!.length + 1) * place.units > planned[at]!.capacity) continue;
      const id = newId();
      const personId = `P${n}`;
      const slotId = slotIdOf(place.groupKey, date, planned[at]!.start);
      rows.push({
        ...newBooking({
          id,
          personId,
          place,
          date,
          slot: planned[at]!,
          slotId,
          until: benchNow,
          now: benchNow,
          channel: 'weapp',
        }),
        state: 'booked',
        holdUntil: null,
      });
      holders[at]!.push({
        bookingId: id,
        personId,
        matterId: matter,
        units: place.units,
        scarce: [],
        until: null,
      });
    }
    for (const [index, slot] of planned.entries()) {
      const units = holders[index]!.length * place.units;
      filled.push({
        ...{
          hallId,
          zone: place.zone,
          group: place.group,
          day: date,
          scarce: {},
          cooling: [],
          waiting: [],
          closed: null,
        },
        ...slot,
        _id: slotIdOf(place.groupKey, date, slot.start),
        left: slot.capacity - units,
        holders: holders[index]!,
      });
    }
  }
  await bookings().insertMany(rows, { ordered: false });
  await slots().insertMany(filled, { ordered: false });
}

/** How it is often written: all bookings of the month, and for each slot a walk through them. */
async function naive(
  room: ReturnType<typeof benchRoom>,
  matter: string,
  hallId: string,
): Promise<Map<string, number>> {
  const place = await findPlace(room, [matter], hallId);
  const dates = workdaysFrom(workdays);
  const all = await bookings()
    .find({
      hallId,
      date: { $gte: dates[0]!, $lte: dates.at(-1)! },
      group: place.group,
      state: { $in: ['held', 'booked'] },
    })
    .toArray();
  const left = new Map<string, number>();
  for (const date of dates) {
    for (const slot of planFor(room, place, date).slots) {
      const taken = all.filter(
        (each) =>
          each.date === date &&
          minutesOf(each.start) < minutesOf(slot.end) &&
          minutesOf(each.end) > minutesOf(slot.start),
      );
      const units = taken.reduce((sum, each) => sum + each.units, 0);
      left.set(date, (left.get(date) ?? 0) + Math.floor((slot.capacity - units) / place.units));
    }
  }
  return left;
}
