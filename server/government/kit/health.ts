import { type Grain, readSeries, type SeriesPoint, sumOf } from './callSeries.ts';
import { quantileOf } from './histogram.ts';
import type { Outcome } from './outcome.ts';
import { type StoredSystem, SystemModel } from './systemState.ts';

/** Calls of a span of time, over all processes. Times in milliseconds, of calls that were sent; null without any. */
export interface CallFigures {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface SystemHealth {
  readonly system: string;
  readonly off: StoredSystem['off'];
  readonly lastGoodAt: Date | null;
  readonly lastFailure: StoredSystem['lastFailure'];
  readonly hour: CallFigures;
  readonly day: CallFigures;
  /** The last hour, minute by minute; minutes without calls are left out. */
  readonly minutes: readonly SeriesPoint[];
}

export function figuresOf(points: readonly Omit<SeriesPoint, 'at'>[]): CallFigures {
  const { counts, times } = sumOf(points);
  return {
    counts,
    p50: quantileOf(times, 0.5),
    p95: quantileOf(times, 0.95),
    p99: quantileOf(times, 0.99),
  };
}

/** How these systems have been doing: three questions to the store, however many systems and calls there are. */
export async function healthOf(systems: readonly string[], now: Date): Promise<readonly SystemHealth[]> {
  const since = (ms: number, grain: Grain): Date => {
    const length = grain === 'minute' ? 60_000 : 3_600_000;
    return new Date((Math.floor(now.getTime() / length) + 1) * length - ms);
  };
  const until = new Date(now.getTime() + 1);
  const [stored, minutes, hours] = await Promise.all([
    SystemModel.find({ _id: { $in: [...systems] } }).lean<StoredSystem[]>(),
    readSeries('minute', since(3_600_000, 'minute'), until),
    readSeries('hour', since(86_400_000, 'hour'), until),
  ]);
  return systems.map((system) => {
    const state = stored.find(({ _id }) => _id === system);
    const own = minutes.filter((point) => point.system === system);
    return {
      system,
      off: state?.off ?? null,
      lastGoodAt: state?.lastGoodAt ?? null,
      lastFailure: state?.lastFailure ?? null,
      hour: figuresOf(own),
      day: figuresOf(hours.filter((point) => point.system === system)),
      minutes: own,
    };
  });
}
