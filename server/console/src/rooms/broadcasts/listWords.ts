import type { AudienceListView, Estimate } from '../../api/broadcasts.ts';

type Problem = AudienceListView['problems'][number];

export function problemText({ problem, of }: Pick<Problem, 'problem' | 'of'>): string {
  if (problem === 'duplicate') return `与第 ${of} 行是同一人，只发一次`;
  if (problem === 'unknown') return '系统里没有这个人';
  if (problem === 'notFollowing') return '没有关注公众号，收不到';
  return '不是手机号、预约号或 openid';
}

const names = {
  notFollowing: '没有关注公众号',
  unknown: '查不到',
  duplicate: '重复',
  malformed: '写法不对',
} as const;

/** 「共 7 行，能收到 2 人；没有关注公众号 1 行，重复 1 行」 */
export function listSummary(list: Pick<AudienceListView, 'lines' | 'reachable' | 'counts'>): string {
  const bad = (Object.keys(names) as (keyof typeof names)[])
    .filter((kind) => list.counts[kind] > 0)
    .map((kind) => `${names[kind]} ${list.counts[kind].toLocaleString()} 行`);
  const good = `共 ${list.lines.toLocaleString()} 行，能收到 ${list.reachable.toLocaleString()} 人`;
  return bad.length === 0 ? good : `${good}；${bad.join('，')}`;
}

/** What it takes of what WeChat allows. */
export function costText(cost: Estimate['cost']): string {
  if (cost.kind === 'mass') {
    const left = Math.max(0, cost.limit - cost.used);
    return left === 0
      ? `本月已群发 ${cost.used} 次；每人每月最多收到 ${cost.limit} 次，之前都收到的人收不到这次。`
      : `用掉本月 ${cost.limit} 次群发中的第 ${cost.used + 1} 次，之后还剩 ${left - 1} 次。`;
  }
  const today = `今天还可用 ${cost.today.toLocaleString()} 条（已为个人通知留 ${cost.reserve.toLocaleString()} 条）`;
  const needed = `需要 ${cost.needed.toLocaleString()} 条模板消息，${today}`;
  return cost.needed <= cost.today ? `${needed}，够用。` : `${needed}，不够，约需 ${cost.days} 天发完。`;
}
