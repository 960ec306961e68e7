import { cancelBooking } from '../../areas/booking/cancelBooking.ts';
import { confirmBooking } from '../../areas/booking/confirmBooking.ts';
import { findPlace, planFor } from '../../areas/booking/findPlace.ts';
import { holdSlot } from '../../areas/booking/holdSlot.ts';
import { listOwnBookings } from '../../areas/booking/listBookings.ts';
import { type Booking, bookings } from '../../areas/booking/model.ts';
import { newBooking } from '../../areas/booking/newBooking.ts';
import { slotIdOf } from '../../areas/booking/slotModel.ts';
import { newId } from '../../kernel/ids.ts';
import { addDays } from '../../kernel/localDay.ts';
import { benchNow, benchRoom, median, rounded, say, widestMatter, workdaysFrom } from './hall.ts';

const few = 10_000;
const many = Number(process.env['BENCH_BOOKINGS'] ?? 1_000_000);
const visits = 150;

/** What a visit costs (hold, confirm, look at my bookings, cancel) among 1,000,000 stored bookings against among 10,000. */
export async function growth(): Promise<{ growth: number }> {
  await store(0, few);
  await cost(0);
  const small = median([await cost(1), await cost(2), await cost(3)]);
  await store(few, many);
  await cost(4);
  const large = median([await cost(5), await cost(6), await cost(7)]);
  say(`growth: ${rounded(small, 2)} ms a visit among ${few} bookings, ${rounded(large, 2)} ms among ${many}`);
  return { growth: rounded(large / small, 2) };
}

async function cost(round: number): Promise<number> {
  const room = benchRoom(7);
  const { matter, halls } = widestMatter();
  const [date] = workdaysFrom(7).slice(-1);
  const started = performance.now();
  for (let n = 0; n < visits; n++) {
    const person = `G${round}.${n}`;
    const hall = halls[1 + (n % (halls.length - 1))]!.id;
    const place = await findPlace(room, [matter], hall);
    const planned = planFor(room, place, date!).slots;
    const { start } = planned[n % planned.length]!;
    const held = await holdSlot(room, person, { matter, hall, date: date!, start }, 'weapp');
    await confirmBooking(room, person, held._id);
    await listOwnBookings(room, person, { state: 'open' });
    await cancelBooking(room, person, held._id, undefined);
  }
  return (performance.now() - started) / visits;
}

/** Bookings of the past years: done, cancelled and missed ones of many people. */
async function store(from: number, to: number): Promise<void> {
  const room = benchRoom();
  const { matter, halls } = widestMatter();
  const place = await findPlace(room, [matter], halls[0]!.id);
  const slot = { start: '09:00', end: '09:30', capacity: 1 };
  for (let at = from; at < to; at += 5000) {
    const rows = Array.from({ length: Math.min(5000, to - at) }, (_, index): Booking => {
      const n = at + index;
      const date = addDays('2024-01-01', n % 600);
      const slotId = slotIdOf(place.groupKey, date, slot.start);
      const personId = `P${n % 200_000}`;
      const booking = newBooking({
        id: newId(),
        personId,
        place,
        date,
        slot,
        slotId,
        until: benchNow,
        now: benchNow,
        channel: 'weapp',
      });
      return { ...booking, state: n % 5 === 0 ? 'cancelled' : 'done', holdUntil: null, number: `ZC${n}` };
    });
    await bookings().insertMany(rows, { ordered: false });
  }
}
