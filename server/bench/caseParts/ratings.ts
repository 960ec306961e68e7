import { isDeepStrictEqual } from 'node:util';
import { type ServiceEvent, serviceEvents } from '../../areas/ratings/model.ts';
import type { RatingsRoom } from '../../areas/ratings/room.ts';
import { Counter } from '../../areas/ratings/rules.ts';
import { ratingStatistics, readSpan, recountDays, rollRatedDays } from '../../areas/ratings/statistics.ts';

const [from, to] = ['2026-10-01', '2026-10-31'];

/**
 * `ratings_month_ms`: the statistics of a month that had 1,000,000 ratings (BENCH_RATINGS sets another number), the worst of
 * five, after the nightly roll-up; the roll-up is compared with a recount of every rating.
 */
export async function ratings(): Promise<Record<string, number>> {
  const count = Number(process.env['BENCH_RATINGS'] ?? 1_000_000);
  for (let at = 0; at < count; at += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, count - at) }, (_, n) => rated(at + n));
    await serviceEvents().insertMany(rows, { ordered: false });
  }
  const started = performance.now();
  await rollRatedDays({ clock: { now: () => new Date('2026-11-05T02:00:00Z') } } as RatingsRoom);
  const rollMs = performance.now() - started;
  const took: number[] = [];
  for (let n = 0; n < 5; n++) {
    const begun = performance.now();
    const { total } = await ratingStatistics({ from, to });
    took.push(performance.now() - begun);
    if (total.active + total.silent !== count) throw new Error(`counted ${total.active + total.silent}`);
  }
  const recount = new Counter();
  for (const cells of (await recountDays(from, to)).values()) for (const cell of cells) recount.merge(cell);
  if (!isDeepStrictEqual((await readSpan(from, to)).cells, recount.cells()))
    throw new Error('not its recount');
  return {
    ratings: count,
    ratings_roll_ms: Math.round(rollMs),
    ratings_month_ms: Math.round(Math.max(...took)),
  };
}

/** The same ratings each time: 60 departments, 1,500 matters, 8 halls of 229 windows. */
function rated(at: number): ServiceEvent {
  const day = `2026-10-${String(1 + (at % 31)).padStart(2, '0')}`;
  const finishedAt = new Date(`${day}T0${1 + (at % 9)}:00:00Z`);
  const hall = at % 8;
  return {
    ...{
      _id: `B${String(at).padStart(25, '0')}`,
      key: `ticket:${at}`,
      kind: 'hall',
      personId: `p${at % 90_000}`,
    },
    ...{ lookUp: null, number: `ZC${at}`, matter: `事项${at % 1500}`, department: `部门${at % 60}` },
    ...{ hallId: `h${hall}`, hall: `大厅${hall}`, window: `${at % 229}`, finishedAt, until: day },
    ...{ open: false, voided: false },
    rating: {
      ...{
        source: at % 3 === 0 ? 'silent' : 'active',
        level: 1 + ((at * 7) % 5),
        tags: [],
        textSealed: null,
      },
      ...{ textState: 'none', at: finishedAt, day, personId: null },
    },
  };
}
