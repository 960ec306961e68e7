import { CallModel } from './callLog.ts';
import { type StoredSystem, SystemModel } from './systemState.ts';

export interface SystemHealth {
  readonly system: string;
  readonly off: StoredSystem['off'];
  readonly lastGoodAt: Date | null;
  readonly lastFailure: StoredSystem['lastFailure'];
  /** Of the last `minutes`, over all processes. */
  readonly calls: number;
  readonly failures: number;
  /** Milliseconds; null without calls. */
  readonly p50: number | null;
  readonly p95: number | null;
}

/** How a system has been doing, from the audit rows. */
export async function healthOf(system: string, now: Date, minutes = 60): Promise<SystemHealth> {
  const since = new Date(now.getTime() - minutes * 60_000);
  const [stored, rows] = await Promise.all([
    SystemModel.findById(system).lean<StoredSystem>(),
    CallModel.find({ system, at: { $gte: since } })
      .select('result ms')
      .sort({ at: -1 })
      .limit(5000)
      .lean<{ result: string; ms: number | null }[]>(),
  ]);
  const times = rows.flatMap(({ ms }) => (ms === null ? [] : [ms])).sort((a, b) => a - b);
  const at = (share: number): number | null =>
    times.length === 0 ? null : times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return {
    system,
    off: stored?.off ?? null,
    lastGoodAt: stored?.lastGoodAt ?? null,
    lastFailure: stored?.lastFailure ?? null,
    calls: rows.length,
    failures: rows.filter(
      ({ result }) => result !== 'ok' && result !== 'begun' && !result.startsWith('refused:'),
    ).length,
    p50: at(0.5),
    p95: at(0.95),
  };
}
