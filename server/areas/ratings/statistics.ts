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
    await ratedDays().updateOne({ _id: day }, { $set: { cells, total: totalCell(cells) } }, { upsert: true });
    rolled += 1;
    // A month that holds this day is no longer the sum of its days.
    await ratedDays().deleteOne({ _id: day.slice(0, 7) });
  }
  await rollMonths(today);
  return rolled;
}

const totalCell = (cells: readonly Cell[]): Cell | null => cells.find((each) => each.by === 'all') ?? null;
const lastDayOf = (month: string): LocalDay => addDays(`${addDays(`${month}-01`, 31).slice(0, 7)}-01`, -1);

/** Months all of whose days are documents, and no longer counted again, become one document. */
async function rollMonths(today: LocalDay): Promise<void> {
  const known = await ratedDays()
    .find({}, { projection: { _id: 1 } })
    .toArray();
  const ids = new Set(known.map((each) => each._id));
  for (const month of new Set(known.map((each) => each._id.slice(0, 7)))) {
    const last = lastDayOf(month);
    if (ids.has(month) || last >= addDays(today, -2)) continue;
    const days = await ratedDays()
      .find({ _id: { $gte: `${month}-01`, $lte: last } })
      .toArray();
    if (days.length !== Number(last.slice(8))) continue;
    const counter = new Counter();
    for (const cell of days.flatMap((each) => each.cells)) counter.merge(cell);
    const cells = counter.cells();
    await ratedDays().updateOne(
      { _id: month },
      { $set: { cells, total: totalCell(cells) } },
      { upsert: true },
    );
  }
}

export interface Span {
  /** Of the whole time. */
  readonly cells: readonly Cell[];
  /** The cell of everything, of each day that had ratings. */
  readonly totals: ReadonlyMap<LocalDay, Cell>;
}

/** Months that are over from their one document, other days that are over from theirs, the rest counted now. */
export async function readSpan(from: LocalDay, to: LocalDay): Promise<Span> {
  const whole: string[] = [];
  for (
    let month = from.slice(0, 7);
    month <= to.slice(0, 7);
    month = addDays(lastDayOf(month), 1).slice(0, 7)
  ) {
    if (`${month}-01` >= from && lastDayOf(month) <= to) whole.push(month);
  }
  const months = await ratedDays()
    .find({ _id: { $in: whole } })
    .toArray();
  const covered = new Set(months.map((each) => each._id));
  const within = { _id: { $gte: from, $lte: to } };
  const heads = (
    await ratedDays()
      .find(within, { projection: { total: 1 } })
      .toArray()
  ).filter((each) => each._id.length === 10);
  const ids = heads.map((each) => each._id);
  const single = ids.filter((day) => !covered.has(day.slice(0, 7)));
  const days = await ratedDays()
    .find({ _id: { $in: single } })
    .toArray();
  const counted = await countMissing(from, to, new Set(ids), covered);
  const counter = new Counter();
  for (const { cells } of [...months, ...days]) for (const cell of cells) counter.merge(cell);
  const totals = new Map<LocalDay, Cell>();
  for (const { _id, total } of heads) if (total) totals.set(_id, total);
  for (const [day, cells] of counted) {
    for (const cell of cells) counter.merge(cell);
    const total = totalCell(cells);
    if (total) totals.set(day, total);
  }
  return { cells: counter.cells(), totals };
}

/** Days without a document, a run of them at a time. */
async function countMissing(
  from: LocalDay,
  to: LocalDay,
  known: ReadonlySet<LocalDay>,
  months: ReadonlySet<string>,
): Promise<Map<LocalDay, Cell[]>> {
  const counted = new Map<LocalDay, Cell[]>();
  let start: LocalDay | null = null;
  for (let day = from; day <= addDays(to, 1); day = addDays(day, 1)) {
    const missing = day <= to && !known.has(day) && !months.has(day.slice(0, 7));
    if (missing) start ??= day;
    else if (start !== null) {
      for (const [each, cells] of await recountDays(start, addDays(day, -1))) counted.set(each, cells);
      start = null;
    }
  }
  return counted;
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
  const { cells, totals } = await readSpan(from, to);
  const byDay = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...{ from, to, total: totalOf(cells) },
    byDay: byDay.map(([day, each]) => countsOf(each, day)),
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
  const { cells } = await readSpan(from, lastDayOf(month));
  return {
    ...{ month, months, total: totalOf(cells), departments: table(cells, 'department') },
    orders: await countOrders(month),
  };
}
