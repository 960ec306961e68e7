import test from 'ava';
import { DateTime } from 'luxon';
import { addDays, dayLabel, hallZone, weekdayOf } from './localDay.ts';

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
