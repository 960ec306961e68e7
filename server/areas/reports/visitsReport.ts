import type { z } from 'zod';
import { HallError } from '../../kernel/http/hallError.ts';
import { addDays } from '../../kernel/localDay.ts';
import { type BookedDay, countBookedDays } from '../booking/countDays.ts';
import { findHall } from '../halls/findHall.ts';
import { type BookedRow, reportsErrors, type VisitsQuery, type VisitsReport } from './contract.ts';
import { rolledDays } from './model.ts';
import { recountDays } from './recount.ts';
import { type Bucket, emptyRow, table } from './rules.ts';

/**
 * Waiting, service and missed visits of a hall: days that are over from their one document, the others counted from the
 * events now. Error: 404 reports.hall_unknown.
 */
export async function visitsReport(query: z.infer<typeof VisitsQuery>): Promise<VisitsReport> {
  const { from, to, group = null } = query;
  const hall = await findHall(query.hall);
  if (!hall) throw new HallError(reportsErrors.hallUnknown);
  const rolled = await rolledDays()
    .find({ hallId: hall.id, day: { $gte: from, $lte: to } })
    .toArray();
  const known = new Set(rolled.map((each) => each.day));
  const rest: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (!known.has(day)) rest.push(day);
  const [counted, booked] = await Promise.all([recountDays(hall.id, rest), countBookedDays(hall.id, rest)]);
  const days: (readonly [string, readonly Bucket[]])[] = [
    ...rolled.map((each) => [each.day, each.buckets] as const),
    ...counted,
  ];
  const all = days.flatMap(([day, buckets]) => buckets.map((each) => ({ ...each, day })));
  const mine = group === null ? all : all.filter((each) => each.group === group);
  const by = (dimension: Bucket['by']) => table(mine, (each) => (each.by === dimension ? each.key : null));
  const allBooked = [...rolled.flatMap((each) => each.booked), ...booked];
  return {
    hall: { id: hall.id, name: hall.name },
    from,
    to,
    group,
    total: table(mine, (each) => (each.by === 'hour' ? '合计' : null))[0] ?? emptyRow('合计'),
    byDay: table(mine, (each) => (each.by === 'hour' ? each.day : null)),
    byHour: by('hour'),
    byGroup: table(all, (each) => (each.by === 'hour' ? each.group : null)),
    byMatter: by('matter'),
    byWindow: by('window'),
    bookedByDay: bookedTable(allBooked, (each) => each.day),
    bookedByMatter: bookedTable(allBooked, (each) => each.matter),
  };
}

function bookedTable(rows: readonly BookedDay[], keyOf: (row: BookedDay) => string): BookedRow[] {
  const sums = new Map<string, BookedRow>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key) ?? { key, booked: 0, done: 0, noShow: 0, cancelled: 0 };
    sums.set(key, sum);
    sum.booked += row.count;
    if (row.state === 'done') sum.done += row.count;
    if (row.state === 'noShow') sum.noShow += row.count;
    if (['cancelled', 'cancelledByHall', 'rescheduled'].includes(row.state)) sum.cancelled += row.count;
  }
  return [...sums.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
