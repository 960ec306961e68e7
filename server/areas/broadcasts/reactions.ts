import type { WechatErrorClass } from '../../wechat/official-account/errors.ts';
import { dedupeWindowMs, nextDay } from '../notices/rules.ts';
import type { RowState } from './ledger.ts';

export interface RowOutcome {
  readonly state: Extract<RowState, 'waiting' | 'refused' | 'failed' | 'unknown'>;
  readonly dueAt: Date | null;
  /** WeChat certainly did not send it: its dedupe window begins anew with the next try. */
  readonly sure: boolean;
  /** What the whole broadcast does besides. */
  readonly run: 'on' | 'slower' | 'strained' | 'rest' | 'halt';
}

const backOffMs = [500, 2000, 5000, 15_000, 60_000, 120_000];
const maxAttempts = 10;

/** What happens to one receiver's row, and to the broadcast, after a send that WeChat did not accept. */
export function outcomeOf(
  kind: WechatErrorClass,
  { attempts, firstTriedAt, now }: { attempts: number; firstTriedAt: Date; now: Date },
): RowOutcome {
  const again = new Date(now.getTime() + backOffMs[Math.min(attempts, backOffMs.length) - 1]!);
  const waiting = { state: 'waiting', sure: true } as const;
  switch (kind) {
    case 'person':
      return { state: 'refused', dueAt: null, sure: true, run: 'on' };
    case 'row':
    case 'duplicate':
      return { state: 'failed', dueAt: null, sure: true, run: 'on' };
    case 'slower':
      return {
        ...waiting,
        dueAt: new Date(Math.floor(now.getTime() / 60_000) * 60_000 + 60_000),
        run: 'slower',
      };
    case 'quota':
      return { ...waiting, dueAt: nextDay(now), run: 'rest' };
    case 'stop':
      return { ...waiting, dueAt: now, run: 'halt' };
    case 'unknown':
      return again.getTime() - firstTriedAt.getTime() < dedupeWindowMs
        ? { state: 'waiting', dueAt: again, sure: false, run: 'strained' }
        : { state: 'unknown', dueAt: null, sure: false, run: 'strained' };
    case 'retry':
    case 'refresh':
      return attempts < maxAttempts
        ? { ...waiting, dueAt: again, run: 'strained' }
        : { state: 'failed', dueAt: null, sure: true, run: 'strained' };
  }
}
