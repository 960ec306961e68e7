import { readSeries } from '../../government/kit/callSeries.ts';
import type { BreakerState, ProcessPulse } from '../../government/kit/gatePulse.ts';
import { figuresOf, healthOf, type SystemHealth } from '../../government/kit/health.ts';
import type { SystemGate } from '../../government/kit/systemGate.ts';
import { maintenanceAt } from '../../government/kit/systemPolicy.ts';
import { usedQuota } from '../../government/kit/systemState.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import type { SeriesPointView, SystemDetail, SystemsView, SystemView } from './contract.ts';
import { moodOf, moodWords } from './mood.ts';
import type { SystemsRoom } from './room.ts';
import { lastSwitches } from './switchModel.ts';
import { resultWords, windowWords } from './words.ts';

const minuteMs = 60_000;

/** All systems at a glance. */
export async function presentSystems(room: SystemsRoom, mayAct: boolean): Promise<SystemsView> {
  const now = room.clock.now();
  return { now: now.toISOString(), mayAct, systems: await viewsOf(room, room.gates, now) };
}

async function viewsOf(room: SystemsRoom, gates: readonly SystemGate[], now: Date): Promise<SystemView[]> {
  const [health, processes] = await Promise.all([
    healthOf(
      gates.map(({ policy }) => policy.id),
      now,
    ),
    room.processes(room.clock.wall()),
  ]);
  const offBy = health.flatMap(({ off }) => (off ? [off.by] : []));
  const names = await room.staffNames([...new Set(offBy)]);
  return Promise.all(
    gates.map(async (gate, i) => {
      const outbox = await room.outboxes[gate.policy.id]?.();
      return viewOf(gate, health[i]!, {
        ...{ now, processes, names },
        outbox: outbox ? { waiting: outbox.waiting, oldestAt: outbox.oldestAt?.toISOString() ?? null } : null,
      });
    }),
  );
}

interface Around {
  readonly now: Date;
  readonly processes: readonly ProcessPulse[];
  readonly names: ReadonlyMap<string, string>;
  readonly outbox: SystemView['outbox'];
}

function viewOf(gate: SystemGate, health: SystemHealth, around: Around): SystemView {
  const { policy } = gate;
  const { now } = around;
  const current = Math.floor(now.getTime() / minuteMs);
  const minutes = Array.from({ length: 60 }, (): [number, number] => [0, 0]);
  for (const { at, counts } of health.minutes) {
    const minute = minutes[59 - (current - Math.floor(at.getTime() / minuteMs))];
    if (!minute) continue;
    minute[0] += counts.ok + counts.refused;
    minute[1] += counts.failed;
  }
  const lately = minutes.slice(-10);
  const breaker = worst(around.processes.map(({ systems }) => systems[policy.id]?.breaker ?? 'closed'));
  const facts = {
    configured: gate.probe !== null,
    off: health.off !== null,
    restingUntil: maintenanceAt(policy.maintenance, now)?.until ?? null,
    breaker,
    answered: lately.reduce((sum, [good]) => sum + good, 0),
    failed: lately.reduce((sum, [, bad]) => sum + bad, 0),
  };
  const mood = moodOf(facts);
  const { off, lastGoodAt, lastFailure } = health;
  return {
    ...{ id: policy.id, name: policy.name, mood, moodWords: moodWords(mood, facts), breaker, minutes },
    off: off && { ...off, by: around.names.get(off.by) ?? off.by, at: off.at.toISOString() },
    lastGoodAt: lastGoodAt?.toISOString() ?? null,
    lastFailure: lastFailure && {
      ...{ at: lastFailure.at.toISOString(), code: lastFailure.code, words: resultWords(lastFailure.code) },
    },
    ...{ hour: health.hour, day: health.day, outbox: around.outbox },
  };
}

const worst = (states: readonly BreakerState[]): BreakerState =>
  states.includes('open') ? 'open' : states.includes('halfOpen') ? 'halfOpen' : 'closed';

export type Span = 'hour' | 'day' | 'week';
/** How many points, of what length, summed from which grain. */
const spans = {
  hour: { points: 60, length: minuteMs, grain: 'minute' },
  day: { points: 288, length: 5 * minuteMs, grain: 'minute' },
  week: { points: 168, length: 60 * minuteMs, grain: 'hour' },
} as const;

/** One point for each step of the span, also where nothing was called. */
export async function seriesOf(system: string, span: Span, now: Date): Promise<SeriesPointView[]> {
  const { points, length, grain } = spans[span];
  const end = (Math.floor(now.getTime() / length) + 1) * length;
  const since = end - points * length;
  const found = await readSeries(grain, new Date(since), new Date(end), system);
  const steps: (typeof found)[number][][] = Array.from({ length: points }, () => []);
  for (const point of found) steps[Math.floor((point.at.getTime() - since) / length)]?.push(point);
  return steps.map((step, i) => {
    const { counts, p50, p95 } = figuresOf(step);
    return { at: new Date(since + i * length).toISOString(), counts, p50, p95 };
  });
}

export async function presentSystem(
  room: SystemsRoom,
  gate: SystemGate,
  asked: { readonly span: Span; readonly mayAct: boolean; readonly mayOpenRaw: boolean },
): Promise<SystemDetail> {
  const { policy } = gate;
  const now = room.clock.now();
  const [[system], series, processes, switches, used, raw] = await Promise.all([
    viewsOf(room, [gate], now),
    seriesOf(policy.id, asked.span, now),
    room.processes(room.clock.wall()),
    lastSwitches(policy.id),
    policy.dailyQuota === null ? 0 : usedQuota(policy.id, localDayOf(now)),
    room.raw[policy.id]?.list(20) ?? [],
  ]);
  const names = await room.staffNames([...new Set(switches.map(({ by }) => by))]);
  return {
    ...{ now: now.toISOString(), mayAct: asked.mayAct, mayOpenRaw: asked.mayOpenRaw },
    ...{ system: system!, series },
    policy: {
      ...{ timeoutMs: policy.timeoutMs, atOnce: policy.atOnce, waiting: policy.waiting },
      ...{ breakerFailures: policy.breaker.failures, breakerRestMs: policy.breaker.restMs },
      quota: policy.dailyQuota === null ? null : { limit: policy.dailyQuota, used },
      maintenance: policy.maintenance.map(windowWords),
      restingUntil: maintenanceAt(policy.maintenance, now)?.until.toISOString() ?? null,
    },
    processes: processes.map(({ host, pid, roles, systems }) => ({
      ...{ name: `${host} · ${pid}`, roles: [...roles] },
      ...(systems[policy.id] ?? { breaker: 'closed' as const, running: 0, waiting: 0 }),
    })),
    trialWords: gate.probe?.words ?? null,
    switches: switches.map(({ at, by, off, reason }) => ({
      ...{ at: at.toISOString(), by: names.get(by) ?? by, off, reason },
    })),
    raw: raw.map(({ id, table, receivedAt }) => ({ id, table, receivedAt: receivedAt.toISOString() })),
  };
}
