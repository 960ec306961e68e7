import { markNoShows } from '../../areas/booking/markNoShows.ts';
import { serial } from '../../areas/booking/serial.ts';
import { sweepHolds } from '../../areas/booking/sweepHolds.ts';
import { minutesOf } from '../../areas/halls/rules.ts';
import { endDay } from '../../areas/queue/endDay.ts';
import { tickets } from '../../areas/queue/model.ts';
import { findProblems } from '../../areas/queue/testing/invariants.ts';
import { rollDays } from '../../areas/reports/rollDays.ts';
import { visitsReport } from '../../areas/reports/visitsReport.ts';
import { instantAt } from '../../kernel/localDay.ts';
import { Floor } from './floor.ts';
import { Chance } from './random.ts';
import { openScene, simulatedDay } from './scene.ts';
import { bookAhead } from './visitors.ts';

export interface DayOptions {
  readonly visitors: number;
  readonly windows: number;
  readonly seed: number;
  /** This process behaves like several: only the database keeps its transactions apart. Slower. */
  readonly racing: boolean;
  readonly say?: (text: string) => void;
}

export interface DayResult {
  readonly visitors: number;
  readonly windows: number;
  readonly booked: number;
  readonly tickets: number;
  readonly served: number;
  readonly expired: number;
  readonly no_shows: number;
  readonly turned_away: number;
  readonly repeated: number;
  /** The most often anybody was passed in one wait, by the simulation's own book, and what the rule allows. */
  readonly most_passed: number;
  readonly bound: number;
  readonly wait_mean_minutes: number;
  readonly wait_longest_minutes: number;
  /** 0 = the report, the rolled report, the recount and the simulation's own sums are equal. */
  readonly differences: number;
  /** Broken invariants (I1–I4, I6), in all documents. */
  readonly problems: number;
  readonly seconds: number;
}

/**
 * A whole day of the district hall on an injected clock, through the real commands, on the database that is connected.
 * Faults are on: requests sent twice, answers lost and repeated, windows racing for one line, clerks called away, people
 * who do not come, come late or are not there when called. Throws where something was done twice or got lost.
 */
export async function simulateDay({
  visitors: count,
  windows,
  seed,
  racing,
  say,
}: DayOptions): Promise<DayResult> {
  const began = performance.now();
  const before = serial.on;
  serial.on = !racing;
  try {
    const chance = new Chance(seed);
    const scene = await openScene(windows);
    const { clock, queue } = scene;
    const arrivals = await bookAhead(scene, count, chance);
    say?.(`${arrivals.booked} booked, ${arrivals.cancelled} cancelled, ${arrivals.noShows} will not come`);

    const floor = new Floor(scene, chance);
    const [opens, lunch, back, closes] = ['09:00', '12:00', '13:00', '17:00'].map(minutesOf) as [
      number,
      number,
      number,
      number,
    ];
    let minute = Math.min(minutesOf('08:25'), ...arrivals.visitors.map((each) => each.minute));
    for (; minute < closes || !floor.empty; minute++) {
      if (minute > 24 * 60 - 30) throw new Error('some people are never served');
      clock.set(instantAt(simulatedDay, '00:00'));
      clock.forward(minute * 60_000);
      await floor.arrive(arrivals.visitors.filter((each) => each.minute === minute));
      if (minute === lunch) await floor.lunch(back);
      if (minute >= opens) await floor.work(minute, minute < closes || !floor.empty);
      if (minute % 60 === 0) {
        await sweepHolds(scene.booking);
        const { tickets: given, served } = floor.tally;
        say?.(`${minute / 60}:00  ${given} tickets, ${served} served, ${floor.watcher.waiting} wait`);
      }
    }
    await floor.work(minute, false);
    clock.set(instantAt('2026-11-27', '00:20'));
    await endDay(queue);
    await markNoShows(scene.booking);

    const { tally, watcher } = floor;
    const query = { hall: scene.hall.id, from: simulatedDay, to: simulatedDay };
    const report = await visitsReport(query);
    await rollDays(clock);
    const rolled = await visitsReport(query);
    const differences = differencesOf(report, rolled, tally, arrivals, await recountByStore());
    for (const each of differences) say?.(each);
    const problems = await findProblems(clock.now(), scene.booking.rules);
    for (const each of problems.slice(0, 20)) say?.(each);
    return {
      visitors: count,
      windows: floor.windows,
      booked: arrivals.booked,
      tickets: tally.tickets,
      served: tally.served,
      expired: tally.expired,
      no_shows: arrivals.noShows,
      turned_away: tally.turnedAway,
      repeated: tally.repeated,
      most_passed: watcher.mostPassed,
      bound: queue.rules.fairness.maxOvertakes,
      wait_mean_minutes: report.total.waitMinutes ?? 0,
      wait_longest_minutes: report.total.longestWait ?? 0,
      differences: differences.length,
      problems: problems.length,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    };
  } finally {
    serial.on = before;
  }
}

/** The day counted by the store itself, from states and times, not from the code of the reports. */
async function recountByStore() {
  const rows = await tickets()
    .find({ day: simulatedDay }, { projection: { state: 1, history: 1, issuedAt: 1 } })
    .toArray();
  const waits = rows.flatMap((each) => {
    const call = each.history.find((one) => one.event === 'call');
    return call ? [call.at.getTime() - each.issuedAt.getTime()] : [];
  });
  return {
    tickets: rows.length,
    served: rows.filter((each) => each.state === 'done').length,
    missed: rows.filter((each) => each.state === 'expired').length,
    waitMinutes:
      waits.length === 0 ? null : Math.round(waits.reduce((a, b) => a + b, 0) / waits.length / 6000) / 10,
  };
}

type Report = Awaited<ReturnType<typeof visitsReport>>;

function differencesOf(
  report: Report,
  rolled: Report,
  tally: Floor['tally'],
  arrivals: { readonly booked: number; readonly cancelled: number; readonly noShows: number },
  store: Awaited<ReturnType<typeof recountByStore>>,
): string[] {
  const found: string[] = [];
  const equal = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b))
      found.push(`${what}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
  };
  const { total } = report;
  equal('rolled report', rolled, report);
  equal('tickets', [total.tickets, store.tickets], [tally.tickets, tally.tickets]);
  equal('served', [total.served, store.served], [tally.served, tally.served]);
  equal('missed', [total.missed, store.missed], [tally.expired, tally.expired]);
  const wait = tally.called === 0 ? null : Math.round(tally.waitMs / tally.called / 6000) / 10;
  equal('mean wait', [total.waitMinutes, store.waitMinutes], [wait, wait]);
  equal('longest wait', total.longestWait, Math.round(tally.longestMs / 6000) / 10);
  const sum = (rows: readonly { tickets: number }[]): number =>
    rows.reduce((all, row) => all + row.tickets, 0);
  for (const rows of [report.byHour, report.byGroup, report.byMatter])
    equal('parts', sum(rows), total.tickets);
  const booked = report.bookedByDay[0] ?? { booked: 0, noShow: 0 };
  equal('booked', booked.booked, arrivals.booked);
  return found;
}
