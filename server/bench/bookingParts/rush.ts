import mongoose from 'mongoose';
import { confirmBooking } from '../../areas/booking/confirmBooking.ts';
import { findPlace, planFor } from '../../areas/booking/findPlace.ts';
import { holdSlot } from '../../areas/booking/holdSlot.ts';
import type { Booking } from '../../areas/booking/model.ts';
import { groupKeyOf, slotIdOf, slots } from '../../areas/booking/slotModel.ts';
import { openSlots } from '../../areas/booking/takePlace.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { benchRoom, crowd, median, percentile, rounded, say, widestMatter, workdaysFrom } from './hall.ts';

const people = 10_000;
const places = 1000;
const slotCount = 10;
const atOnce = 200;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);

/**
 * Release time: 10,000 people ask for 1,000 places of ten slots, one process. `rush_ratio`: requests a second against the
 * same requests as bare conditional writes through the same driver. `rush_oversold`: places given beyond those there are,
 * or not given: must be 0.
 */
export async function rush(): Promise<Record<string, number>> {
  const ratios: number[] = [];
  const latencies: number[] = [];
  let oversold = 0;
  let confirmed = 0;
  for (let round = 0; round < rounds; round++) {
    const bare = await bareRush(round);
    const ours = await hallRush(round);
    ratios.push(bare.seconds / ours.seconds);
    latencies.push(percentile(ours.each, 0.99));
    oversold = Math.max(oversold, Math.abs(ours.winners - places), Math.abs(bare.winners - places));
    confirmed = ours.confirmsPerSecond;
    say(
      `rush ${round + 1}: ${Math.round(people / ours.seconds)} requests/s, bare ${Math.round(people / bare.seconds)}/s, ` +
        `${ours.winners} winners, then ${Math.round(ours.confirmsPerSecond)} confirmations/s`,
    );
  }
  return {
    rush_ratio: rounded(median(ratios)),
    rush_oversold: oversold,
    rush_p99_ms: rounded(median(latencies), 1),
    confirms_per_s: rounded(confirmed, 0),
  };
}

async function bareRush(round: number): Promise<{ seconds: number; winners: number }> {
  const counters = mongoose.connection.db!.collection<{ _id: string; left: number }>('bareCounters');
  const ids = Array.from({ length: slotCount }, (_, n) => `${round}.${n}`);
  await counters.insertMany(ids.map((_id) => ({ _id, left: places / slotCount })));
  let winners = 0;
  const { seconds } = await crowd(people, atOnce, async (index) => {
    const _id = ids[index % slotCount]!;
    const { modifiedCount } = await counters.updateOne({ _id, left: { $gt: 0 } }, { $inc: { left: -1 } });
    winners += modifiedCount;
  });
  return { seconds, winners };
}

async function hallRush(round: number) {
  const room = benchRoom(7);
  const { matter, halls } = widestMatter();
  const place = await findPlace(room, [matter], halls[0]!.id);
  const date = workdaysFrom(7)[3 + round]!;
  const planned = planFor(room, place, date).slots.slice(0, slotCount);
  const groupKey = groupKeyOf(place.hall.id, place.zone, place.group);
  const where = { hallId: place.hall.id, zone: place.zone, group: place.group, day: date, groupKey };
  await slots().deleteMany({ _id: { $in: planned.map((each) => slotIdOf(groupKey, date, each.start)) } });
  const capacity = (places / slotCount) * place.units;
  await openSlots(
    room,
    where,
    planned.map((each) => ({ ...each, capacity })),
  );
  const held: Booking[] = [];
  const { seconds, each } = await crowd(people, atOnce, async (index) => {
    const { start } = planned[index % slotCount]!;
    try {
      held.push(
        await holdSlot(room, `R${round}.${index}`, { matter, hall: place.hall.id, date, start }, 'weapp'),
      );
    } catch (error) {
      if (!(error instanceof HallError) || error.id !== 'booking.slot_full') throw error;
    }
  });
  const stored = await slots()
    .find({ _id: { $in: planned.map((one) => slotIdOf(groupKey, date, one.start)) } })
    .toArray();
  const holders = stored.reduce((sum, one) => sum + one.holders.length, 0);
  if (holders !== held.length) throw new Error(`${holders} holders, ${held.length} answers`);
  const some = held.slice(0, 200);
  const confirms = await crowd(some.length, 50, (index) =>
    confirmBooking(room, some[index]!.personId, some[index]!._id),
  );
  return { seconds, each, winners: held.length, confirmsPerSecond: some.length / confirms.seconds };
}
