import { outcomeOf } from '../../government/kit/outcome.ts';
import type { MaintenanceWindow } from '../../government/kit/systemPolicy.ts';

const known: Readonly<Record<string, string>> = {
  begun: '进行中，或当时的进程中断',
  ok: '成功',
  fault: '我方程序出错',
  'closed:off': '未发出：开关已关闭',
  'closed:maintenance': '未发出：对方维护时段',
  'busy:quota': '未发出：当日次数用完',
  'busy:bulkhead': '未发出：同时调用太多',
  'down:breaker': '未发出：熔断中',
  'down:ECONNREFUSED': '连接被拒绝',
  'down:ENOTFOUND': '找不到对方地址',
  'down:ECONNRESET': '连接中断',
  'down:UND_ERR_SOCKET': '连接中断',
  'down:UND_ERR_CONNECT_TIMEOUT': '连接超时',
  'down:not JSON': '答复不是数据',
  'down:words': '对方答复系统异常',
  'down:shape': '答复缺少内容',
  'slow:slow': '超时没有答复',
};

/** The result of an audit row in words for staff; what is not known keeps its code. */
export function resultWords(result: string): string {
  const found = known[result];
  if (found) return found;
  const [kind, ...rest] = result.split(':');
  const code = rest.join(':');
  if (outcomeOf(result) === 'refused') return `对方答复：${code}`;
  if (kind === 'slow') return `超时（${code}）`;
  if (/^HTTP \d+$/.test(code)) return `对方出错（${code}）`;
  return `没有正常答复（${code || kind}）`;
}

const days = ['一', '二', '三', '四', '五', '六', '日'];

/** 「每天 22:30–次日 06:30」, 「周六 20:00–次日 08:00」 */
export function windowWords({ weekdays, from, until }: MaintenanceWindow): string {
  const when = weekdays.length === 7 ? '每天' : `周${weekdays.map((day) => days[day - 1]).join('、')}`;
  return `${when} ${from}–${until <= from ? '次日 ' : ''}${until}`;
}
