import { addDays, dayLabel, instantAt, type LocalDay, localDayOf } from '../../kernel/localDay.ts';
import { closedNote } from './checkSlot.ts';
import type { BookingDay, BookingDays } from './contract.ts';
import { findPlace, type Place, planFor } from './findPlace.ts';
import { type Horizon, horizonAt } from './horizon.ts';
import type { BookingRoom } from './room.ts';
import { type PlannedSlot, timeOf } from './schedule.ts';
import { type Slot, slotIdOf, slots } from './slotModel.ts';

interface Stored {
  readonly left: number;
  readonly closed: string | null;
  /** Who waits: what is free is for them. */
  readonly waiting?: readonly unknown[];
  /** Read only where the place needs one. */
  readonly scarce?: Readonly<Record<string, number>>;
}

/** The days on which a matter can be booked in a hall, with what is left; closed days say why. */
export async function listDays(room: BookingRoom, matterId: string, hallId: string): Promise<BookingDays> {
  const place = await findPlace(room, [matterId], hallId);
  const now = room.clock.now();
  const horizon = horizonAt(now, hallId, room.calendar, room.rules, room.secret);
  const { from, through, next } = horizon;
  const stored = await slotsBetween(place, from, through);
  const days: BookingDay[] = [];
  const today = localDayOf(now);
  for (let day = from; day <= through; day = addDays(day, 1))
    days.push(dayOf(room, place, day, stored.get(day), day === today ? now : null));
  if (next) days.push(notReleased(next));
  return { days, rules: rulesText(room, horizon) };
}

interface StoredDay {
  readonly _id: LocalDay;
  readonly start: readonly string[];
  readonly left: readonly number[];
  readonly closed: readonly (string | null)[];
  readonly scarce?: readonly Slot['scarce'][];
}

/**
 * What is stored of a group's slots, by day and start: one read in the order of the ids, without the holders, answered as
 * one small document a day: taking three hundred documents apart costs more than all the rest.
 */
async function slotsBetween(
  place: Pick<Place, 'groupKey' | 'scarce'>,
  from: LocalDay,
  through: LocalDay,
): Promise<ReadonlyMap<LocalDay, ReadonlyMap<string, Stored>>> {
  const waitedFor = { $gt: [{ $size: { $ifNull: ['$waiting', []] } }, 0] };
  const rows = await slots()
    .aggregate<StoredDay>([
      {
        $match: {
          _id: { $gte: slotIdOf(place.groupKey, from, ''), $lt: slotIdOf(place.groupKey, through, '~') },
        },
      },
      {
        $group: {
          _id: '$day',
          start: { $push: '$start' },
          left: { $push: { $cond: [waitedFor, 0, '$left'] } },
          closed: { $push: { $ifNull: ['$closed', null] } },
          ...(place.scarce.length > 0 && { scarce: { $push: '$scarce' } }),
        },
      },
    ])
    .toArray();
  return new Map(rows.map((row) => [row._id, slotsOf(row)]));
}

const slotsOf = ({ start, left, closed, scarce }: StoredDay): ReadonlyMap<string, Stored> =>
  new Map(
    start.map((each, at) => [
      each,
      { left: left[at]!, closed: closed[at]!, ...(scarce && { scarce: scarce[at]! }) },
    ]),
  );

/** How many visits like this one still fit; a slot nobody has asked for is as the schedule made it. */
export function leftOf(place: Place, planned: PlannedSlot, stored: Stored | undefined): number {
  if (!stored) return Math.floor(planned.capacity / place.units);
  if (stored.closed !== null || (stored.waiting?.length ?? 0) > 0) return 0;
  const places = Math.floor(stored.left / place.units);
  return Math.max(0, Math.min(places, ...place.scarce.map((id) => stored.scarce?.[id] ?? 0)));
}

function dayOf(
  room: BookingRoom,
  place: Place,
  day: LocalDay,
  stored: ReadonlyMap<string, Stored> | undefined,
  now: Date | null,
): BookingDay {
  const label = dayLabel(day);
  const { slots: planned, reason } = planFor(room, place, day);
  const shut = (note: string): BookingDay => ({ date: day, label, state: 'closed', note, left: 0 });
  if (planned.length === 0) return shut(closedNote(day, reason, room.calendar));
  const ahead = now ? planned.filter((each) => instantAt(day, each.start) > now) : planned;
  if (ahead.length === 0) return shut('今天的时段已过');
  const rows = ahead.map((each) => stored?.get(each.start));
  const closure = rows.every((row) => row && row.closed !== null) ? rows[0]?.closed : null;
  if (closure) return shut(closure);
  const left = ahead.reduce((sum, each, index) => sum + leftOf(place, each, rows[index]), 0);
  if (left === 0) return { date: day, label, state: 'full', note: '已约满', left };
  return { date: day, label, state: 'open', note: null, left };
}

function notReleased({ day, at }: NonNullable<Horizon['next']>): BookingDay {
  return {
    date: day,
    label: dayLabel(day),
    state: 'notReleased',
    note: `${instantLabel(at)} 起放号`,
    left: 0,
  };
}

/** 「11月26日 08:30」 */
function instantLabel(at: Date): string {
  const day = localDayOf(at);
  const minute = Math.floor((at.getTime() - instantAt(day, '00:00').getTime()) / 60_000);
  return `${dayLabel(day).split(' ')[0]} ${timeOf(minute)}`;
}

function rulesText({ rules, calendar }: BookingRoom, { through }: Horizon): string[] {
  const lines = [
    `可提前 ${rules.horizonWorkingDays} 个工作日预约，每个工作日 ${rules.releaseAt} 起放出最新一天的号。`,
    `选好时段后为您保留 ${rules.holdMinutes} 分钟，请及时确认。`,
    `每人每天最多预约 ${rules.quota.perDay} 项，未办理的预约最多 ${rules.quota.open} 项；同一事项每天只能约一次。`,
    `开始前 ${rules.cancel.untilMinutesBefore} 分钟可免责取消；${rules.noShow.withinDays} 天内爽约 ${rules.noShow.strikes} 次，暂停网上预约 ${rules.noShow.pauseDays} 天，仍可到现场取号。`,
  ];
  if (calendar.isEstimated(through)) lines.push('部分日期的节假日安排为估算，以国务院公布的通知为准。');
  return lines;
}
