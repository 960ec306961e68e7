import {
  BrokenCircuitError,
  type BulkheadPolicy,
  BulkheadRejectedError,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IPolicy,
  wrap,
} from 'cockatiel';
import type { Clock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import type { CallLog } from './callLog.ts';
import type { CallSeries } from './callSeries.ts';
import type { BreakerState } from './gatePulse.ts';
import { GovernmentError } from './governmentError.ts';
import { findLastGood, keepLastGood } from './lastGood.ts';
import { CallMetrics } from './metrics.ts';
import { outcomeOf } from './outcome.ts';
import { maintenanceAt, maintenanceLabel, type SystemPolicy } from './systemPolicy.ts';
import { type StoredSystem, SystemModel, takeQuota } from './systemState.ts';
import { currentTrial, type TrialCall, trialPurpose } from './trial.ts';

/** On whose behalf a call is made. */
export type Actor = { readonly kind: 'citizen' | 'staff'; readonly id: string } | { readonly kind: 'system' };

export interface Call<T> {
  /** Of the system, e.g. `detail`. */
  readonly operation: string;
  readonly actor: Actor;
  /** Why, in words for the owner of the data: 「预约办事」. */
  readonly purpose: string;
  /** 实施编码 of the matter it is for. */
  readonly matterCode?: string | null;
  /** For the audit; nothing that names a person. */
  readonly args?: Readonly<Record<string, string>>;
  readonly requestId?: string | null;
  /** Asking twice changes nothing: one more try after an outage, and after any request that was certainly not sent. */
  readonly repeatable: boolean;
  /** A shorter limit than the system's own, e.g. for a look-up that a citizen waits for. */
  readonly timeoutMs?: number;
  /** Keeps the answer under this key, and gives the last good one when the system does not answer. */
  readonly lastGood?: { readonly key: string };
  readonly run: (signal: AbortSignal) => Promise<T>;
}

export interface Answered<T> {
  readonly value: T;
  /** `lastGood`: the system did not answer; the value is from `at`, and whoever shows it says so. */
  readonly from: 'system' | 'lastGood';
  readonly at: Date;
}

export interface Probe {
  readonly words: string;
  readonly run: () => Promise<unknown>;
}

export interface GateNeeds {
  readonly clock: Clock;
  /** Shared by all gates of the process. */
  readonly callLog: CallLog;
  /** Where calls are counted by the minute; without it they are only in the audit. */
  readonly series?: CallSeries;
}

/** How long this process believes what it read about the kill switch. */
const switchMs = 1500;
const noteEveryMs = 5000;

/**
 * The one way to a government system. In order: kill switch → maintenance hours → quota → audit row → bulkhead → breaker →
 * time limit → one more try where that is safe → outcome, health, metrics → last good answer when there is one.
 * Throws GovernmentError. No database session is held during a call.
 */
export class SystemGate {
  readonly metrics = new CallMetrics();
  /** Null until a client is made: the system is not configured here. */
  probe: Probe | null = null;
  private breaker: CircuitBreakerPolicy;
  private through: IPolicy;
  private readonly slots: BulkheadPolicy;
  /** The last order to close the breaker that this process has seen. */
  private seenReset: number | null | undefined;
  private known: { readonly at: number; readonly off: StoredSystem['off'] } | null = null;
  private notedGood = Number.NEGATIVE_INFINITY;
  private notedFailure = Number.NEGATIVE_INFINITY;

  constructor(
    readonly policy: SystemPolicy,
    private readonly needs: GateNeeds,
  ) {
    this.slots = bulkhead(policy.atOnce, policy.waiting);
    this.breaker = newBreaker(policy);
    this.through = wrap(this.slots, this.breaker);
  }

  /** `open`: calls are not even tried. */
  get breakerState(): BreakerState {
    const { state } = this.breaker;
    return state === CircuitState.Closed ? 'closed' : state === CircuitState.HalfOpen ? 'halfOpen' : 'open';
  }

  /** The client tells how to ask the system something that changes nothing and is about nobody; `words` say what. */
  offerProbe(words: string, run: Probe['run']): void {
    this.probe = { words, run };
  }

  /** How this process's gate stands now. */
  get load(): { readonly breaker: BreakerState; readonly running: number; readonly waiting: number } {
    const { atOnce, waiting } = this.policy;
    return {
      breaker: this.breakerState,
      running: atOnce - this.slots.executionSlots,
      waiting: waiting - this.slots.queueSlots,
    };
  }

  /** Takes in what all processes share; null: nothing is stored yet. A new order to close the breaker is carried out once. */
  learn(stored: StoredSystem | null): void {
    this.known = { at: this.needs.clock.monotonic(), off: stored?.off ?? null };
    const reset = stored?.resetAt?.getTime() ?? null;
    if (this.seenReset !== undefined && reset !== null && reset !== this.seenReset) {
      this.breaker = newBreaker(this.policy); // calls on their way end with the old one
      this.through = wrap(this.slots, this.breaker);
    }
    this.seenReset = reset;
  }

  async call<T>(call: Call<T>): Promise<Answered<T>> {
    const started = this.needs.clock.monotonic();
    const id = newId();
    const trial = currentTrial();
    const actor = trial?.actor ?? call.actor;
    let attempts = 0;
    const row = {
      _id: id,
      system: this.policy.id,
      operation: call.operation,
      at: this.needs.clock.now(),
      actor: actor.kind === 'system' ? 'system' : `${actor.kind}:${actor.id}`,
      purpose: trial ? trialPurpose : call.purpose,
      matterCode: call.matterCode ?? null,
      args: call.args ?? {},
      requestId: call.requestId ?? null,
      result: 'begun',
      attempts: 0,
      ms: null,
    };
    this.needs.callLog.begin(row, !call.repeatable);
    let value: T;
    try {
      await this.refuseWhenClosed();
      value = await this.limited(call, () => {
        attempts += 1;
      });
    } catch (thrown) {
      const ms = this.since(started);
      const error = this.explained(thrown);
      const result = error instanceof GovernmentError ? `${error.kind}:${error.code}` : 'fault';
      await this.settle({ id, operation: call.operation, result, attempts, ms });
      const old =
        call.lastGood && !trial && mayUseLastGood(error)
          ? await findLastGood<T>(this.keyOf(call.lastGood.key))
          : null;
      if (old) return { ...old, from: 'lastGood' };
      throw error;
    }
    await this.settle({ id, operation: call.operation, result: 'ok', attempts, ms: this.since(started) });
    if (call.lastGood) await keepLastGood(this.keyOf(call.lastGood.key), value, this.needs.clock.now());
    return { value, from: 'system', at: this.needs.clock.now() };
  }

  private keyOf(key: string): string {
    return `${this.policy.id}/${key}`;
  }

  /** Kill switch, timetable and quota: no call is made at all. */
  private async refuseWhenClosed(): Promise<void> {
    const { id, name, maintenance, dailyQuota } = this.policy;
    const trial = currentTrial() !== undefined;
    const off = trial ? null : await this.switchedOff();
    if (off)
      throw new GovernmentError(id, 'closed', `${name}暂停使用：${off.reason}`, {
        code: 'off',
        notSent: true,
      });
    const now = this.needs.clock.now();
    const closed = trial ? null : maintenanceAt(maintenance, now);
    if (closed) {
      const { window, until } = closed;
      throw new GovernmentError(id, 'closed', maintenanceLabel(window), {
        code: 'maintenance',
        until,
        notSent: true,
      });
    }
    if (dailyQuota === null || (await takeQuota(id, localDayOf(now), dailyQuota))) return;
    throw new GovernmentError(id, 'busy', '今日查询次数已用完', { code: 'quota', notSent: true });
  }

  private async switchedOff(): Promise<StoredSystem['off']> {
    const now = this.needs.clock.monotonic();
    if (!this.known || now - this.known.at > switchMs || now < this.known.at) {
      this.learn(await SystemModel.findById(this.policy.id).lean<StoredSystem>());
    }
    return this.known?.off ?? null;
  }

  /** All attempts share one time limit, so a citizen never waits for two. */
  private async limited<T>(call: Call<T>, counting: () => void): Promise<T> {
    const ends = this.needs.clock.monotonic() + Math.min(this.policy.timeoutMs, call.timeoutMs ?? Infinity);
    const through = currentTrial() ? this.slots : this.through;
    const attempt = (): Promise<T> =>
      through.execute(() => {
        counting();
        const left = Math.max(1, ends - this.needs.clock.monotonic());
        return withLimit(this.policy.id, left, call.run);
      });
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof GovernmentError) || !error.retryable) throw error;
      const safe = call.repeatable || error.notSent;
      if (!safe || this.needs.clock.monotonic() >= ends - 50) throw error;
      return attempt();
    }
  }

  private explained(thrown: unknown): unknown {
    const { id } = this.policy;
    if (thrown instanceof BrokenCircuitError)
      return new GovernmentError(id, 'down', 'the breaker is open', { code: 'breaker', notSent: true });
    if (thrown instanceof BulkheadRejectedError)
      return new GovernmentError(id, 'busy', 'too many calls at once', { code: 'bulkhead', notSent: true });
    return thrown;
  }

  private since(started: number): number {
    return Math.round((this.needs.clock.monotonic() - started) * 10) / 10;
  }

  /** Counts, and resolves when the audit row is safe. */
  private async settle(ended: TrialCall): Promise<void> {
    const { id, result, attempts, ms } = ended;
    const { callLog } = this.needs;
    currentTrial()?.calls.push(ended);
    const written = callLog.end(id, result, attempts, ms);
    this.count(result, ms);
    await written;
  }

  private count(result: string, ms: number): void {
    const { clock, series } = this.needs;
    const outcome = outcomeOf(result)!;
    const sent = outcome !== 'notSent';
    this.metrics.record(result, sent ? ms : null);
    const at = clock.now();
    series?.add(this.policy.id, at, clock.wall(), outcome, sent ? ms : null);
    if (!sent) return; // says nothing about the system
    const now = clock.monotonic();
    const good = outcome !== 'failed';
    if (good && now - this.notedGood >= noteEveryMs) {
      this.notedGood = now;
      this.note({ lastGoodAt: at });
    } else if (!good && now - this.notedFailure >= noteEveryMs) {
      this.notedFailure = now;
      this.note({ lastFailure: { at, code: result } });
    }
  }

  /** Health is a help, not a promise: a failed note is noted again with the next call. */
  private note(facts: Partial<StoredSystem>): void {
    void SystemModel.updateOne({ _id: this.policy.id }, { $set: facts }, { upsert: true }).catch(() => {
      this.notedGood = Number.NEGATIVE_INFINITY;
      this.notedFailure = Number.NEGATIVE_INFINITY;
    });
  }
}

function newBreaker({ breaker }: SystemPolicy): CircuitBreakerPolicy {
  const outage = handleWhen((error) => !(error instanceof GovernmentError) || error.retryable);
  return circuitBreaker(outage, {
    halfOpenAfter: breaker.restMs,
    breaker: new ConsecutiveBreaker(breaker.failures),
  });
}

/** An honest refusal is an answer; only silence and closed doors make an old answer better than none. */
const mayUseLastGood = (error: unknown): boolean =>
  error instanceof GovernmentError && error.kind !== 'refused';

async function withLimit<T>(
  system: string,
  ms: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new GovernmentError(system, 'slow', `no answer within ${Math.round(ms)} ms`));
      controller.abort(); // after the verdict, so that the abort's own error does not become it
    }, ms);
  });
  try {
    return await Promise.race([run(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
