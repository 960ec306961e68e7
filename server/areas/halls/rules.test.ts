import test from 'ava';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import { hoursOn, isOpenAt, metresBetween, minutesOf, weekText } from './rules.ts';

const calendar: WorkingDayCalendar = {
  coveredUntil: '2026-12-31',
  isEstimated: () => false,
  nameOf: (day) => ({ '2026-10-01': '国庆节', '2026-10-10': '国庆节调休上班' })[day] ?? null,
  isWorkday: (day) =>
    day === '2026-10-10' || (day !== '2026-10-01' && ![0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay())),
};
const hours = [
  {
    weekdays: [1, 2, 3, 4],
    intervals: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ] as const,
  },
  { weekdays: [5], intervals: [['09:00', '12:00']] as const },
];
const hall = { hours, exceptions: [{ date: '2026-11-26', intervals: [], reason: '系统升级' }] };

test('R2.1: an exception wins, then the calendar, then the weekly pattern', (t) => {
  t.deepEqual(hoursOn(hall, '2026-11-26', calendar), { intervals: [], reason: '系统升级' });
  t.deepEqual(hoursOn(hall, '2026-10-01', calendar), { intervals: [], reason: '国庆节' });
  t.deepEqual(hoursOn(hall, '2026-11-28', calendar), { intervals: [], reason: '周末' });
  t.is(hoursOn(hall, '2026-11-27', calendar).intervals.length, 1);
});

test('R2.1: a make-up Saturday keeps Monday hours and says why', (t) => {
  const day = hoursOn(hall, '2026-10-10', calendar);
  t.is(day.intervals.length, 2);
  t.is(day.reason, '国庆节调休上班');
});

test('R2.1: beyond the calendar nothing is promised', (t) => {
  t.deepEqual(hoursOn(hall, '2027-01-04', calendar), { intervals: [], reason: '节假日安排尚未公布' });
});

test('a hall is open from the first minute of an interval to the last, not at its end', (t) => {
  const { intervals } = hours[0]!;
  t.true(isOpenAt(intervals, minutesOf('09:00')));
  t.false(isOpenAt(intervals, minutesOf('12:00')));
  t.false(isOpenAt(intervals, minutesOf('12:30')));
});

test('a run of weekdays reads as one line', (t) => {
  t.deepEqual(weekText(hours), [
    { days: '周一至周四', hours: '09:00–12:00，13:00–17:00' },
    { days: '周五', hours: '09:00–12:00' },
  ]);
});

test('R5.5.3: the distance from the district hall to 新塘镇 is about 26 km', (t) => {
  const metres = metresBetween(
    { latitude: 23.263, longitude: 113.81 },
    { latitude: 23.118, longitude: 113.611 },
  );
  t.true(metres > 25_000 && metres < 27_000);
});
