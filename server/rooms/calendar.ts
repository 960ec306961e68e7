import { countBookedOn } from '../areas/booking/countBookedOn.ts';
import { CalendarFollower } from '../areas/calendar/followCalendar.ts';
import { calendarRoutes } from '../areas/calendar/routes.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Route } from '../kernel/http/route.ts';
import type { RunningWorker } from '../kernel/jobs.ts';
import { LiveCalendar } from '../kernel/workingDays/liveCalendar.ts';

/** The one calendar of a process, which follows the years that staff import; `start` in every role. */
export function openCalendar(
  estimateBeyond: boolean,
  clock: Clock,
): {
  readonly calendar: LiveCalendar;
  readonly routes: readonly Route[];
  start(): Promise<RunningWorker>;
} {
  const calendar = new LiveCalendar({ estimateBeyond });
  const follower = new CalendarFollower(calendar);
  return {
    calendar,
    routes: calendarRoutes({ clock, calendar, refresh: () => follower.refresh(), bookedOn: countBookedOn }),
    start: () => follower.start(),
  };
}
