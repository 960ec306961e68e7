import type { HallQueue } from '../../../server/areas/queue/contract.ts';
import type { Tone } from './tone.ts';

/** 「大约等 10–25 分钟」; null where nothing is known yet. Never sharper than what is known: a range stays a range. */
export function sayWait(wait: { from: number; to: number } | null): string | null {
  if (wait === null) return null;
  const [from, to] = [Math.round(wait.from), Math.round(wait.to)];
  if (to < 3) return '马上就到';
  if (from === 0) return `最多等 ${to} 分钟`;
  return from >= to ? `大约等 ${to} 分钟` : `大约等 ${from}–${to} 分钟`;
}

const levels: Record<HallQueue['level'], Tone> = {
  free: 'good',
  normal: 'primary',
  busy: 'warn',
  closed: 'neutral',
};

export const levelTone = (level: HallQueue['level']): Tone => levels[level];
