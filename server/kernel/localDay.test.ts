import test from 'ava';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  dayLabel,
  hallZone,
  instantAt,
  localDayOf,
  minuteOfDay,
  noticeTime,
  weekdayOf,
} from './localDay.ts';

test('calendar days count as a zoned calendar does, over years and leap days', (t) => {
  let day = '2023-12-25';
  for (let n = 0; n < 1200; n++) {
    const zoned = DateTime.fromISO(day, { zone: hallZone });
    t.is(weekdayOf(day), zoned.weekday, day);
    for (const step of [-40, -1, 1, 365])
      t.is(addDays(day, step), zoned.plus({ days: step }).toISODate()!, day);
    t.true(dayLabel(day).startsWith(`${zoned.month}月${zoned.day}日 周`), day);
    day = addDays(day, 1);
  }
  t.is(dayLabel('2026-11-26'), '11月26日 周四');
});

test('days, minutes and instants are those of the zone, from 1992 on', (t) => {
  const instant = fc.date({ min: new Date('1992-01-01'), max: new Date('2150-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, (at) => {
      const zoned = DateTime.fromJSDate(at, { zone: hallZone });
      const minute = zoned.startOf('minute');
      return (
        localDayOf(at) === zoned.toISODate() &&
        minuteOfDay(at) === zoned.hour * 60 + zoned.minute &&
        noticeTime(at) === zoned.toFormat('yyyy年M月d日 HH:mm') &&
        instantAt(zoned.toISODate()!, zoned.toFormat('HH:mm')).getTime() === minute.toMillis()
      );
    }),
    { numRuns: 1000 },
  );
  t.pass();
});
