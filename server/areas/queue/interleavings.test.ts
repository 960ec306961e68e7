import test from 'ava';
import fc from 'fast-check';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
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
import { testRoom } from '../booking/testing/room.ts';
import { waits } from '../booking/waitModel.ts';
import { actOnTicket, leaveLine } from './actOnTicket.ts';
import { callNext, openWindow } from './callNext.ts';
import { checkInMyself } from './checkIn.ts';
import { hallQrText } from './hallQr.ts';
import { takeWalkIn } from './kiosk.ts';
import { tickets } from './model.ts';
import type { QueueRoom } from './room.ts';
import { queueRules } from './settings.ts';
import { findProblems, slotProblems } from './testing/invariants.ts';
import { windows } from './windowModel.ts';

useDatabase(test);

/** More of them: `PROPERTY_RUNS=500 npx ava server/areas/queue/interleavings.test.ts` */
test.before('one process behaves like several', () => {
  serial.on = false;
});

const runs = Number(process.env['PROPERTY_RUNS'] ?? 8);

const kiosk = { _id: 'K1', hallId: 'small', name: '一号', tokenHash: '', locked: false, seenAt: null };

const people = ['wang', 'li', 'he'] as const;
const times = ['09:00', '09:30', '14:00'] as const;
const days = ['2026-11-26', '2026-11-27'] as const;

const person = fc.constantFrom(...people);
const wish = fc.record({
  matter: fc.constantFrom('id', 'passport', 'long'),
  date: fc.constantFrom(...days),
  start: fc.constantFrom(...times),
});
const which = fc.nat(4);

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), person, wish }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('confirm' as const), person, which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), person, which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reschedule' as const), person, which, wish }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('checkIn' as const), person, which }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('call' as const), window: fc.nat(1) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      window: fc.nat(1),
      action: fc.constantFrom('recall', 'serve', 'miss', 'park', 'resume', 'finish'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('press' as const), priority: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), person, which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('join' as const), person, wish, wholeDay: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leaveWait' as const), person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('serve' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), date: fc.constantFrom(...days) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** Commands of one round run at once, as in several processes; between rounds the clock moves. */
const story = fc.array(
  fc.record({ at: fc.array(command, { minLength: 1, maxLength: 5 }), pause: fc.constantFrom(0, 1, 5, 16) }),
  { minLength: 4, maxLength: 14 },
);

test('I1, I2, I3, I4, I6 hold after every interleaving of bookings, closures, check-ins and calls', async (t) => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(story, async (rounds) => {
      await clearAll();
      // Wednesday 26 November 2026, 08:35: the first times of the day are near, so that check-ins happen too.
      const room = testRoom(2, '2026-11-26T00:35:00Z', { coolDownMinutes: { least: 0, most: 1 } });
      const { clock, calendar, secret, findHall, findPeople } = room;
      const queue: QueueRoom = { clock, calendar, secret, findHall, findPeople, rules: queueRules };
      for (const number of ['户政0', '户政1']) {
        await openWindow(queue, 'small', number, { staffId: 'S1', name: '张' });
      }
      for (const [index, who] of people.entries()) {
        const today = { matter: 'id', hall: 'small', date: days[0], start: times[index % 2]! };
        await confirmBooking(room, who, (await holdSlot(room, who, today, 'weapp'))._id).catch(() => {});
      }
      for (const round of rounds) {
        const middle = slots().find({}).toArray();
        const outcomes = await Promise.all(round.at.map((each) => attempt(each, room, queue)));
        for (const slot of await middle)
          if (slotProblems(slot).length > 0) return fail(t, slotProblems(slot));
        for (const [index, outcome] of outcomes.entries()) {
          const name = `${round.at[index]!.do} ${outcome === null ? 'done' : outcome.startsWith('refused') ? outcome : 'failed'}`;
          done.set(name, (done.get(name) ?? 0) + 1);
        }
        const faults = outcomes.filter((each) => each !== null && !each.startsWith('refused')) as string[];
        if (faults.length > 0) return fail(t, faults);
        const problems = await findProblems(clock.now(), room.rules);
        if (problems.length > 0) return fail(t, problems);
        clock.forward(round.pause * 60_000);
      }
      await sweepHolds(room);
      const problems = await findProblems(clock.now(), room.rules);
      return problems.length === 0 || fail(t, problems);
    }),
    {
      numRuns: runs,
      endOnFailure: true,
      ...(process.env['PROPERTY_SEED'] && { seed: Number(process.env['PROPERTY_SEED']) }),
    },
  );
  t.log(`${runs} stories`, Object.fromEntries([...done].sort()));
  t.pass();
});

function fail(t: { log(...values: unknown[]): void }, problems: readonly string[]): false {
  t.log(problems);
  return false;
}

/** Null: done; 'refused' with an error that citizens are told; else the fault. */
async function attempt(
  each: Command,
  room: ReturnType<typeof testRoom>,
  queue: QueueRoom,
): Promise<string | null> {
  try {
    await run(each, room, queue);
    return null;
  } catch (error) {
    return error instanceof HallError && error.status < 500
      ? `refused ${error.id}`
      : String((error as Error).stack);
  }
}

async function run(each: Command, room: ReturnType<typeof testRoom>, queue: QueueRoom): Promise<unknown> {
  switch (each.do) {
    case 'hold':
      return holdSlot(room, each.person, { ...each.wish, hall: 'small' }, 'weapp');
    case 'join': {
      const { matter, date, start } = each.wish;
      const asked = { matter, date, hall: 'small', ...(each.wholeDay ? {} : { start }) };
      return joinWaitlist(room, each.person, asked, 'weapp');
    }
    case 'leaveWait': {
      const wait = await waits().findOne({ personId: each.person, open: true });
      return wait ? leaveWaitlist(room, each.person, wait._id) : null;
    }
    case 'serve':
      return serveWaitlists(room);
    case 'sweep':
      return sweepHolds(room);
    case 'close': {
      const closing = { hall: 'small', date: each.date, from: '00:00', to: '23:59', reason: '台风停办' };
      await closeHall(room, closing, 'staff:S1');
      return reopenHall(closing);
    }
    case 'press':
      return takeWalkIn(queue, kiosk, { group: '户政', priority: each.priority, requestId: newId() });
    case 'call':
      return callNext(queue, 'small', `户政${each.window}`, 'staff:S1');
    case 'act': {
      const number = `户政${each.window}`;
      const window = await windows().findOne({ hallId: 'small', number });
      const parked = await tickets().findOne({ state: 'parked', window: number });
      const id = each.action === 'resume' ? parked?._id : window?.ticketId;
      return id ? actOnTicket(queue, 'small', number, id, { do: each.action } as never, 'staff:S1') : null;
    }
    case 'leave': {
      const mine = await tickets().find({ personId: each.person }).sort({ _id: 1 }).toArray();
      const ticket = mine[each.which];
      return ticket ? leaveLine(queue, each.person, ticket._id) : null;
    }
    default: {
      const wanted = { confirm: ['held'], checkIn: ['booked', 'checkedIn'], reschedule: ['booked'] };
      const states = each.do === 'cancel' ? ['held', 'booked', 'checkedIn'] : wanted[each.do];
      const mine = await bookings()
        .find({ personId: each.person, state: { $in: states as never } })
        .sort({ _id: 1 })
        .toArray();
      const booking = mine[each.which % Math.max(1, mine.length)];
      if (!booking) return null;
      if (each.do === 'confirm') return confirmBooking(room, each.person, booking._id);
      if (each.do === 'cancel') return cancelBooking(room, each.person, booking._id, undefined);
      if (each.do === 'reschedule') return rescheduleBooking(room, each.person, booking._id, each.wish);
      const hallQr = hallQrText('small', room.secret);
      return checkInMyself(queue, each.person, { booking: booking._id, hallQr });
    }
  }
}
