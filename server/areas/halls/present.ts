import type { Clock } from '../../kernel/clock.ts';
import { localDayOf, minuteOfDay } from '../../kernel/localDay.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { HallCard, HallView } from './contract.ts';
import type { Hall } from './model.ts';
import { hoursText, isOpenAt, weekText } from './rules.ts';
import { openHoursOn } from './windowHours.ts';

export interface HallTimes {
  readonly clock: Clock;
  readonly calendar: WorkingDayCalendar;
}

export function presentCard(hall: Hall, distance: number | null, { clock, calendar }: HallTimes): HallCard {
  const now = clock.now();
  const today = openHoursOn(hall, localDayOf(now), calendar);
  const closed = `今天休息${today.reason ? `（${today.reason}）` : ''}`;
  return {
    id: hall.id,
    kind: hall.kind,
    name: hall.name,
    townCode: hall.townCode,
    townName: hall.townName,
    address: hall.address,
    phone: hall.phone,
    place: hall.place,
    distance,
    openNow: isOpenAt(today.intervals, minuteOfDay(now)),
    hoursToday: today.intervals.length > 0 ? `今天 ${hoursText(today.intervals)}` : closed,
    bookable: hall.bookable,
  };
}

export function presentHall(hall: Hall, matterCount: number, times: HallTimes): HallView {
  return {
    ...presentCard(hall, null, times),
    zones: hall.zones.map((zone) => ({
      code: zone.code,
      name: zone.name,
      floor: zone.floor,
      windows: zone.windows.map(({ number, name, departments }) => ({
        number,
        name,
        departments: [...departments],
      })),
    })),
    hoursWeek: weekText(hall.hours),
    departments: [...new Set(hall.zones.flatMap((zone) => zone.windows.flatMap((each) => each.departments)))],
    matterCount,
    transport: hall.transport,
  };
}
