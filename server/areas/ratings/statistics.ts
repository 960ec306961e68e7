import type { z } from 'zod';
import { addDays, type LocalDay, localDayOf, minuteOfDay } from '../../kernel/localDay.ts';
import { countOrders } from './actOnOrder.ts';
import type { Counts, PublicTable, RatingStatistics, StatisticsQuery } from './contract.ts';
import { ratedDays, type ServiceEvent, serviceEvents } from './model.ts';
import type { RatingsRoom } from './room.ts';
import { type Cell, Counter, countsOf, type Dimension } from './rules.ts';

const fields = {
  ...{ department: 1, matter: 1, hall: 1, window: 1, finishedAt: 1, voided: 1 },
  ...{ 'rating.level': 1, 'rating.source': 1, 'rating.day': 1 },
};

/** Counts the ratings of the days themselves, a cell list for each day. Days without a rating are missing. */
export async function recountDays(from: LocalDay, to: LocalDay): Promise<Map<LocalDay, Cell[]>> {
  const counters = new Map<LocalDay, Counter>();
  const found = serviceEvents().find({ 'rating.day': { $gte: from, $lte: to } }, { projection: fields });
  for await (const event of found.batchSize(5000)) count(counters, event);
  return new Map([...counters].map(([day, counter]) => [day, counter.cells()]));
}

function count(counters: Map<LocalDay, Counter>, event: ServiceEvent): void {
  const { rating, voided, department, matter, hall, window, finishedAt } = event;
  if (!rating || voided) return;
  const counter = counters.get(rating.day) ?? new Counter();
  counters.set(rating.day, counter);
  counter.add({
    ...{ department, matter, hall, window, level: rating.level, silent: rating.source === 'silent' },
    hour: Math.floor(minuteOfDay(finishedAt) / 60),
  });
}

/** Days that are over become one document each; a day whose rating was set aside has lost its document and gets a new one. */
export async function rollRatedDays(room: RatingsRoom): Promise<number> {
  const today = localDayOf(room.clock.now());
  const known = new Set(
    (
      await ratedDays()
        .find({}, { projection: { _id: 1 } })
        .toArray()
    ).map((each) => each._id),
  );
  const [oldest] = await serviceEvents()
    .find({ 'rating.day': { $gte: '2000-01-01' } }, { projection: { 'rating.day': 1 } })
    .sort({ 'rating.day': 1 })
    .limit(1)
    .toArray();
  let rolled = 0;
  // Yesterday and the day before are counted again: what was still being written at midnight, and the silent ones.
  for (let day = oldest?.rating?.day ?? today; day < today; day = addDays(day, 1)) {
    if (known.has(day) && day < addDays(today, -2)) continue;
    const cells = (await recountDays(day, day)).get(day) ?? [];
    await ratedDays().updateOne({ _id: day }, { $set: { cells } }, { upsert: true });
    rolled += 1;
  }
  return rolled;
}

/** Days that are over from their document, the others counted now. */
export async function cellsOf(from: LocalDay, to: LocalDay): Promise<Map<LocalDay, readonly Cell[]>> {
  const rolled = await ratedDays()
    .find({ _id: { $gte: from, $lte: to } })
    .toArray();
  const days = new Map<LocalDay, readonly Cell[]>(rolled.map((each) => [each._id, each.cells]));
  let start: LocalDay | null = null;
  for (let day = from; day <= addDays(to, 1); day = addDays(day, 1)) {
    const missing = day <= to && !days.has(day);
    if (missing) start ??= day;
    else if (start !== null) {
      for (const [each, cells] of await recountDays(start, addDays(day, -1))) days.set(each, cells);
      start = null;
    }
  }
  return days;
}

function table(cells: readonly Cell[], by: Dimension, above?: string): Counts[] {
  const counter = new Counter();
  for (const cell of cells) {
    if (cell.by === by && (above === undefined || cell.key.startsWith(`${above}\u0001`))) counter.merge(cell);
  }
  return counter.cells().map((cell) => countsOf(cell, cell.key.split('\u0001').join(' · ')));
}

const totalOf = (cells: readonly Cell[]): Counts =>
  table(cells, 'all').map((each) => ({ ...each, key: '合计' }))[0] ??
  countsOf({ levels: [], silent: 0 }, '合计');

/** Satisfaction by day, department, matter, hall, window and hour; a chosen department or hall looks closer. */
export async function ratingStatistics(query: z.output<typeof StatisticsQuery>): Promise<RatingStatistics> {
  const { from, to, department, hall } = query;
  const days = await cellsOf(from, to);
  const cells = [...days.values()].flat();
  const byDay = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...{ from, to, total: totalOf(cells) },
    byDay: byDay.map(([day, each]) => ({ ...totalOf(each), key: day })),
    byDepartment: table(cells, 'department'),
    byMatter: table(cells, 'matter', department),
    byHall: table(cells, 'hall'),
    byWindow: table(cells, 'window', hall),
    byHour: table(cells, 'hour').map((each) => ({ ...each, key: `${each.key}:00` })),
  };
}

const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);

/** The table of a month for everybody: the last one that is over, unless another of the last twelve is asked for. */
export async function publicTable(room: RatingsRoom, asked?: string): Promise<PublicTable> {
  const current = localDayOf(room.clock.now()).slice(0, 7);
  const months = [current];
  while (months.length < 13) months.push(monthBefore(months.at(-1)!));
  const month = asked !== undefined && months.includes(asked) ? asked : months[1]!;
  const from = `${month}-01`;
  const to = addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1);
  const cells = [...(await cellsOf(from, to)).values()].flat();
  return {
    ...{ month, months, total: totalOf(cells), departments: table(cells, 'department') },
    orders: await countOrders(month),
  };
}
