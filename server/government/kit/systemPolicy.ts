import { localDayOf, minuteOfDay, weekdayOf } from '../../kernel/localDay.ts';

/** When a system is closed by its own timetable, Beijing time. */
export interface MaintenanceWindow {
  /** 1 = Monday … 7 = Sunday; the days on which the window begins. */
  readonly weekdays: readonly number[];
  readonly from: string;
  /** Later than `from` on the same day, or on the next day when it is not. */
  readonly until: string;
}

/** How the hall calls one system; a file of `cloud-config` holds these. */
export interface SystemPolicy {
  /** Short and stable: part of audit rows and metrics. */
  readonly id: string;
  /** What citizens and staff call it. */
  readonly name: string;
  /** All attempts together. Requirement 五.6: 5 s for a query. */
  readonly timeoutMs: number;
  /** Calls of one process at once, and how many more may wait. */
  readonly atOnce: number;
  readonly waiting: number;
  /** So many outages in a row open the breaker; it is tried again after `restMs`. */
  readonly breaker: { readonly failures: number; readonly restMs: number };
  /** Calls a day that the owner allows; null: not limited. */
  readonly dailyQuota: number | null;
  readonly maintenance: readonly MaintenanceWindow[];
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The window that `at` lies in, with the instant it ends; null when the system is open. */
export function maintenanceAt(
  windows: readonly MaintenanceWindow[],
  at: Date,
): { readonly window: MaintenanceWindow; readonly until: Date } | null {
  const now = minuteOfDay(at);
  const today = weekdayOf(localDayOf(at));
  const yesterday = today === 1 ? 7 : today - 1;
  for (const window of windows) {
    const [from, until] = [minutes(window.from), minutes(window.until)];
    const overnight = until <= from;
    const begunToday = window.weekdays.includes(today) && now >= from && (overnight || now < until);
    const begunYesterday = overnight && window.weekdays.includes(yesterday) && now < until;
    if (!begunToday && !begunYesterday) continue;
    const left = begunToday && overnight ? until + 1440 - now : until - now;
    const wholeMinute = Math.floor(at.getTime() / 60_000) * 60_000;
    return { window, until: new Date(wholeMinute + left * 60_000) };
  }
  return null;
}

/** 「系统维护 22:30–06:30」 */
export const maintenanceLabel = (window: MaintenanceWindow): string =>
  `系统维护 ${window.from}–${window.until}`;
