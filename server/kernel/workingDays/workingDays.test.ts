import test from 'ava';
import { addDays, type LocalDay, weekdayOf } from '../localDay.ts';
import type { WorkingDayCalendar } from './calendar.ts';
import { acceptanceDay, deadline, workdaysBetween } from './deadline.ts';
import { LiveCalendar } from './liveCalendar.ts';
import { CalendarNotCovered, loadCalendar } from './load.ts';
import { officialUntil } from './officialDays.ts';

const calendar = loadCalendar();

function countWorkdays(year: number): number {
  let count = 0;
  for (let day: LocalDay = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
    if (calendar.isWorkday(day)) count += 1;
  return count;
}

const makeUpDays = (year: number): string[] => {
  const found: string[] = [];
  for (let day: LocalDay = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
    if (calendar.isWorkday(day) && weekdayOf(day) >= 6) found.push(day.slice(5));
  return found;
};

for (const zone of ['UTC', 'Asia/Shanghai', 'America/Los_Angeles']) {
  test.serial(`the official years are those of the State Council's notices, machine in ${zone}`, (t) => {
    process.env['TZ'] = zone;
    t.is(countWorkdays(2025), 248);
    t.is(countWorkdays(2026), 248);
    t.deepEqual(makeUpDays(2026), ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']);
    t.deepEqual(makeUpDays(2025), ['01-26', '02-08', '04-27', '09-28', '10-11']);
    t.is(calendar.nameOf('2026-10-01'), '国庆节');
    t.is(calendar.nameOf('2026-09-20'), '国庆节调休上班');
    t.is(calendar.nameOf('2026-11-25'), null);
  });

  test.serial(`deadlines in working days: day 0 is the event, machine in ${zone}`, (t) => {
    process.env['TZ'] = zone;
    const vectors: [number, LocalDay, LocalDay][] = [
      [1, '2026-02-13', '2026-02-14'],
      [5, '2026-02-13', '2026-02-27'],
      [15, '2026-09-24', '2026-10-22'],
      [5, '2026-09-29', '2026-10-12'],
      [0, '2026-10-01', '2026-10-01'],
    ];
    for (const [amount, from, day] of vectors) {
      t.deepEqual(deadline(calendar, from, { amount, unit: 'workday' }), { day, estimated: false });
    }
  });

  test.serial(
    `what is handed in late at night or on a rest day counts from the next working day, machine in ${zone}`,
    (t) => {
      process.env['TZ'] = zone;
      // 2026-10-11 00:30 in Beijing is still the 10th (a make-up Saturday) in UTC.
      t.is(acceptanceDay(calendar, new Date('2026-10-10T16:30:00Z')).day, '2026-10-12');
      t.is(acceptanceDay(calendar, new Date('2026-10-10T15:30:00Z')).day, '2026-10-10');
      t.is(acceptanceDay(calendar, new Date('2026-11-21T02:00:00Z')).day, '2026-11-23');
    },
  );
}

test('a limit in natural days that ends on a rest day ends on the next working day', (t) => {
  t.is(deadline(calendar, '2026-09-20', { amount: 15, unit: 'naturalday' }).day, '2026-10-08');
  t.is(deadline(calendar, '2026-11-20', { amount: 5, unit: 'naturalday' }).day, '2026-11-25');
});

test('section 9 no. 11: a make-up Saturday is worked, a swapped rest day is not', (t) => {
  t.true(calendar.isWorkday('2026-10-10'));
  t.false(calendar.isWorkday('2026-10-07'));
  t.false(calendar.isWorkday('2026-01-02'));
});

test('nothing is said beyond the published calendar', (t) => {
  t.is(calendar.coveredUntil, officialUntil);
  const error = t.throws(() => calendar.isWorkday(addDays(officialUntil, 1)), {
    instanceOf: CalendarNotCovered,
  });
  t.is(error.day, addDays(officialUntil, 1));
  t.throws(() => calendar.isWorkday('2003-12-31'), { instanceOf: CalendarNotCovered });
  t.throws(() => calendar.isWorkday('2026-1-1'), { instanceOf: RangeError });
});

test('a deadline that reaches beyond the calendar says that it is an estimate', (t) => {
  const end = deadline(calendar, '2026-12-28', { amount: 5, unit: 'workday' });
  t.true(end.estimated);
  t.is(end.day, '2027-01-04'); // plain weeks: New Year's Day is not known yet
});

test('the demo estimates unpublished years and says so for each day', (t) => {
  const demo = loadCalendar({ estimateBeyond: true });
  t.false(demo.isEstimated('2026-12-31'));
  t.true(demo.isEstimated('2027-02-08'));
  t.is(demo.nameOf('2027-02-05'), '春节');
  t.is(demo.nameOf('2027-02-08'), '春节');
  t.true(demo.isWorkday('2027-02-09'));
  t.is(demo.nameOf('2027-06-09'), '端午节');
  t.is(demo.nameOf('2027-09-15'), '中秋节');
  t.is(demo.nameOf('2027-04-05'), '清明节');
  t.false(demo.isWorkday('2031-10-01'));
  for (let year = 2027; year < 2100; year++) t.false(demo.isWorkday(`${year}-05-01`));
  t.deepEqual(deadline(demo, '2026-12-28', { amount: 5, unit: 'workday' }), {
    day: '2027-01-05',
    estimated: true,
  });
});

test('an imported year extends what is known; of a packaged year nothing stays beside it', (t) => {
  const imported = loadCalendar({
    imported: new Map([
      [2026, new Map([['2026-01-01', { workday: false, name: '元旦' }]])],
      [
        2027,
        new Map([
          ['2027-01-01', { workday: false, name: '元旦' }],
          ['2027-01-03', { workday: true, name: '元旦调休上班' }],
        ]),
      ],
      [2029, new Map([['2029-01-01', { workday: false, name: '元旦' }]])],
    ]),
  });
  t.is(imported.coveredUntil, '2027-12-31', 'a year after a gap is not known');
  t.false(imported.isEstimated('2027-12-31'));
  t.false(imported.isWorkday('2027-01-01'));
  t.true(imported.isWorkday('2027-01-03'));
  t.throws(() => imported.isWorkday('2028-01-01'), { instanceOf: CalendarNotCovered });
  t.true(imported.isWorkday('2026-01-02'), 'the packaged 2026 rests on this day');
  t.false(imported.isWorkday('2025-01-01'), 'other years stay packaged');
});

test('a live calendar answers by what it was last given, and says when the years changed', (t) => {
  const live = new LiveCalendar();
  t.is(live.coveredUntil, officialUntil);
  const held: WorkingDayCalendar = live;
  live.use(new Map([[2027, new Map([['2027-01-01', { workday: false, name: '元旦' }]])]]));
  t.is(held.coveredUntil, '2027-12-31');
  t.is(held.nameOf('2027-01-01'), '元旦');
  t.is(live.sourceOf(2027), 'imported');
  t.is(live.sourceOf(2026), 'packaged');
  t.is(live.sourceOf(2028), null);
  t.is(new LiveCalendar({ estimateBeyond: true }).sourceOf(2028), 'estimated');
});

test('working days between two days agree with the deadline rule', (t) => {
  for (const amount of [1, 7, 20, 45]) {
    const end = deadline(calendar, '2026-01-20', { amount, unit: 'workday' }).day;
    t.is(workdaysBetween(calendar, '2026-01-20', end), amount);
  }
  t.is(workdaysBetween(calendar, '2026-01-20', '2026-01-20'), 0);
});
