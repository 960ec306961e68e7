import test from 'ava';
import fc from 'fast-check';
import { HallError } from '../../kernel/http/hallError.ts';
import { useDatabase } from '../../testing/database.ts';
import { cancelBooking } from '../booking/cancelBooking.ts';
import { closeHall, reopenHall } from '../booking/closeHall.ts';
import { confirmBooking } from '../booking/confirmBooking.ts';
import { holdSlot } from '../booking/holdSlot.ts';
import { joinWaitlist, leaveWaitlist } from '../booking/joinWaitlist.ts';
import { bookings } from '../booking/model.ts';
import { rescheduleBooking } from '../booking/rescheduleBooking.ts';
import { serial } from '../booking/serial.ts';
import { serveWaitlists } from '../booking/serveWaitlist.ts';
import { slots } from '../booking/slotModel.ts';
import { sweepHolds } from '../booking/sweepHolds.ts';
import { clearAll } from '../booking/testing/clear.ts';
import { type TestRoom, testRoom } from '../booking/testing/room.ts';
import { waits } from '../booking/waitModel.ts';
import { findProblems, slotProblems } from './testing/invariants.ts';

useDatabase(test);
test.before('one process behaves like several', () => {
  serial.on = false;
});

/** More of them: `PROPERTY_RUNS=500 npx ava server/areas/queue/waitlist.test.ts` */
const runs = Number(process.env['PROPERTY_RUNS'] ?? 8);
const date = '2026-11-27';
const person = fc.constantFrom('wang', 'li', 'he', 'chen', 'zhang');
const start = fc.constantFrom('09:00', '09:30');
const matter = fc.constantFrom('id', 'passport', 'long');

const act = (name: string, weight: number) =>
  ({
    weight,
    arbitrary: fc.record({ do: fc.constant(name), person, start, matter, any: fc.boolean() }),
  }) as const;
const command = fc.oneof(
  act('hold', 4),
  act('confirm', 4),
  act('join', 6),
  act('cancel', 4),
  act('reschedule', 2),
  act('leave', 1),
  act('night', 2),
  act('serve', 1),
  act('sweep', 1),
  act('close', 1),
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;
const story = fc.array(
  fc.record({ at: fc.array(command, { minLength: 1, maxLength: 6 }), pause: fc.constantFrom(0, 1, 5, 16) }),
  { minLength: 5, maxLength: 14 },
);

test('I1, I2, I6 hold with a waitlist under every interleaving, and nobody passes the line', async (t) => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(story, async (rounds) => {
      await clearAll();
      const room = testRoom(1, '2026-11-26T01:00:00Z', { coolDownMinutes: { least: 0, most: 1 } });
      for (const [index, who] of ['P1', 'P2'].entries()) {
        const wish = { matter: 'id', hall: 'small', date, start: ['09:00', '09:30'][index]! };
        await confirmBooking(room, who, (await holdSlot(room, who, wish, 'weapp'))._id);
      }
      for (const round of rounds) {
        const middle = slots().find({}).toArray();
        const outcomes = await Promise.all(round.at.map((each) => attempt(each, room)));
        for (const [index, outcome] of outcomes.entries()) {
          const name = `${round.at[index]!.do} ${outcome ?? 'done'}`;
          done.set(name, (done.get(name) ?? 0) + 1);
        }
        const problems = [
          ...(await middle).flatMap(slotProblems),
          ...outcomes.filter((each) => each !== null && !/^[a-z]+\.[a-z_]+$/.test(each)),
          ...(await findProblems(room.clock.now(), room.rules)),
          ...(await linePassed()),
        ];
        if (problems.length > 0) {
          t.log(problems);
          return false;
        }
        room.clock.forward(round.pause * 60_000);
      }
      for (const wait of await waits().find({}).toArray()) {
        done.set(`wait ${wait.state}`, (done.get(`wait ${wait.state}`) ?? 0) + 1);
      }
      return true;
    }),
    {
      numRuns: runs,
      endOnFailure: true,
      ...(process.env['PROPERTY_SEED'] && { seed: Number(process.env['PROPERTY_SEED']) }),
    },
  );
  t.log(`${runs} stories`, Object.fromEntries([...done].sort()));
  t.true((done.get('join done') ?? 0) > 0);
});

/** Places that were taken, or offered, while somebody had been waiting longer for the same slot. */
async function linePassed(): Promise<string[]> {
  const [all, made] = await Promise.all([waits().find({}).toArray(), bookings().find({}).toArray()]);
  return all.flatMap((wait) => {
    if (wait.slotIds.length > 1) return [];
    const until = wait.history[1]?.at ?? new Date(8e15);
    const passed = made.filter((each) => {
      if (each.slotId !== wait.slotIds[0] || each.createdAt <= wait.createdAt || each.createdAt >= until) {
        return false;
      }
      const other = all.find(({ bookingId }) => bookingId === each._id);
      return !other || other.createdAt > wait.createdAt;
    });
    // One who needs the whole slot may see a shorter visit go first: it fits, theirs does not yet.
    const fits = passed.filter((each) => wait.matterId === each.matterId || wait.matterId !== 'long');
    return fits.map((each) => `${each._id} passed ${wait._id}`);
  });
}

async function attempt(each: Command, room: TestRoom): Promise<string | null> {
  try {
    await run(each, room);
    return null;
  } catch (error) {
    return error instanceof HallError && error.status < 500 ? error.id : String((error as Error).stack);
  }
}

async function run(each: Command, room: TestRoom): Promise<unknown> {
  const wish = { matter: each.matter, hall: 'small', date, start: each.start };
  const mine = async (...states: string[]) =>
    bookings().findOne({ personId: each.person, state: { $in: states as never } });
  switch (each.do) {
    case 'hold':
      return holdSlot(room, each.person, wish, 'weapp');
    case 'join': {
      const { start: at, ...day } = wish;
      return joinWaitlist(room, each.person, each.any ? day : { ...day, start: at }, 'weapp');
    }
    case 'confirm': {
      const held = await mine('held');
      return held && confirmBooking(room, each.person, held._id);
    }
    case 'cancel': {
      const who = each.any ? each.person : each.start === '09:00' ? 'P1' : 'P2';
      const booking = await bookings().findOne({ personId: who, state: { $in: ['held', 'booked'] } });
      return booking && cancelBooking(room, who, booking._id, undefined);
    }
    case 'reschedule': {
      const booking = await mine('booked');
      return booking && rescheduleBooking(room, each.person, booking._id, wish);
    }
    case 'leave': {
      const wait = await waits().findOne({ personId: each.person, open: true });
      return wait && leaveWaitlist(room, each.person, wait._id);
    }
    case 'close': {
      const closing = { hall: 'small', date, from: each.start, to: '12:00', reason: '台风停办' };
      await closeHall(room, closing, 'staff:S1');
      return reopenHall(closing);
    }
    case 'night': {
      // Or day again: nothing is offered at night, and what is given back lies there for the line.
      const offersUntil = room.rules.waitlist.offersUntil === '00:00' ? '22:00' : '00:00';
      room.rules = { ...room.rules, waitlist: { ...room.rules.waitlist, offersUntil } };
      return null;
    }
    case 'serve':
      return serveWaitlists(room);
    default:
      return sweepHolds(room);
  }
}
