import test from 'ava';
import type { BookingDays, BookingView } from '../areas/booking/contract.ts';
import type { HallList } from '../areas/halls/contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { weekdayOf } from '../kernel/localDay.ts';
import { loadCalendar } from '../kernel/workingDays/load.ts';
import { TestCitizen } from '../testing/citizen.ts';
import { useHall } from '../testing/hall.ts';

/** The hall's time is set; the machine's runs on, as in a demo with HALL_CLOCK. */
let hallTime = new Date();
const clock: Clock = {
  now: () => new Date(hallTime),
  wall: () => new Date(),
  monotonic: () => performance.now(),
};
const hall = useHall(test, { clock, roles: ['web'] });
const calendar = loadCalendar({ estimateBeyond: true });

for (const [name, moment] of [
  ['a Sunday at 23:30', '2026-11-29T23:30+08:00'],
  ['31 December in the evening', '2026-12-31T20:00+08:00'],
  ['the first minute of a year', '2027-01-01T00:00+08:00'],
  ['the first day of a long holiday', '2026-10-01T09:00+08:00'],
  ['the eve of the Spring Festival in a year nobody has published', '2028-01-25T16:00+08:00'],
  ['an ordinary morning of an uncovered year', '2027-05-12T10:00+08:00'],
] as const) {
  test.serial(`R5.1.1: on ${name} there is something to book, and nothing false is said`, async (t) => {
    hallTime = new Date(moment);
    const citizen = await TestCitizen.signIn(hall, 'wang');
    const { body } = await citizen.ask<BookingDays>('GET', '/api/booking/days?matter=m14&hall=district');
    const open = body.days.filter((each) => each.state === 'open');
    t.true(open.length > 0);
    for (const day of open) {
      t.true(calendar.isWorkday(day.date), day.date);
      t.true(day.left > 0);
      // A day that is only estimated says so, on the day itself or in the rules above it.
      if (calendar.isEstimated(day.date))
        t.regex(`${day.note ?? ''}${body.rules.join('')}`, /估算|暂按/, day.date);
    }
    for (const day of body.days.filter((each) => each.state === 'closed')) {
      t.truthy(day.note, day.date);
      if (weekdayOf(day.date) <= 5 && !calendar.isWorkday(day.date))
        t.true(day.note!.includes(calendar.nameOf(day.date)!), day.note!);
    }
    const booking = await citizen.book('m14', 'district');
    t.is(booking.state, 'booked');
    const cancelled = await citizen.ask<BookingView>('POST', `/api/bookings/${booking.id}/cancel`, {});
    t.is(cancelled.body.state, 'cancelled');
    const { halls } = (await citizen.ask<HallList>('GET', '/api/halls?kind=district')).body;
    const working = calendar.isWorkday(
      new Date(hallTime.getTime() + 8 * 3600_000).toISOString().slice(0, 10),
    );
    if (!working) t.regex(halls[0]!.hoursToday, /休息/);
  });
}
