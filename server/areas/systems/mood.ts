import type { SystemMood } from './contract.ts';

export interface MoodFacts {
  readonly configured: boolean;
  readonly off: boolean;
  readonly restingUntil: Date | null;
  readonly breaker: 'closed' | 'open' | 'halfOpen';
  /** Of the last ten minutes. */
  readonly answered: number;
  readonly failed: number;
}

/** The least calls from which a share of failures says anything. */
const fewest = 5;

/** How a system stands, from what is known now; the first rule that fits. */
export function moodOf(facts: MoodFacts): SystemMood {
  const { answered, failed } = facts;
  if (!facts.configured) return 'absent';
  if (facts.off) return 'off';
  if (facts.restingUntil) return 'resting';
  if (facts.breaker === 'open') return 'down';
  if (failed > 0 && answered === 0) return 'down';
  if (failed >= 1 && (answered + failed < fewest || failed / (answered + failed) >= 0.05)) return 'shaky';
  return answered === 0 ? 'quiet' : 'good';
}

/** `2026-11-25T06:30+08:00` as 「06:30」. */
const clockWords = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

export function moodWords(mood: SystemMood, facts: MoodFacts): string {
  const { answered, failed } = facts;
  switch (mood) {
    case 'absent':
      return '还没有配置';
    case 'off':
      return '已由工作人员关闭';
    case 'resting':
      return `对方维护，${clockWords(facts.restingUntil!)} 恢复`;
    case 'down':
      return facts.breaker === 'open' ? '多次没有答复，暂停调用中' : `近 10 分钟 ${failed} 次都没有答复`;
    case 'shaky':
      return `近 10 分钟 ${answered + failed} 次里有 ${failed} 次失败`;
    case 'quiet':
      return '近 10 分钟没有调用';
    case 'good':
      return `近 10 分钟 ${answered} 次都有答复`;
  }
}
