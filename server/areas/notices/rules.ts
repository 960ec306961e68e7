import { addDays, instantAt, localDayOf, minuteOfDay } from '../../kernel/localDay.ts';
import type { WechatErrorClass } from '../../wechat/official-account/errors.ts';
import type { NoticeSettings } from './settings.ts';
import type { Template } from './templates.ts';

/** WeChat dedupes `client_msg_id` for 10 minutes; a margin for the call itself and for clocks. */
export const dedupeWindowMs = 9 * 60_000;
const backOffMs = [1000, 3000, 10_000, 30_000, 60_000, 120_000, 300_000];
export const maxAttempts = 60;

export type Reaction =
  /** Try again then. `sure`: WeChat certainly did not send it, so the dedupe window starts anew. */
  | { readonly do: 'again'; readonly at: Date; readonly sure: boolean }
  | { readonly do: 'nextChannel' }
  | { readonly do: 'giveUp'; readonly state: 'failed' | 'unknown' };

/** What to do after a send that was not accepted. `firstTriedAt`: of this channel; all times are wall times. */
export function reactionTo(
  kind: WechatErrorClass,
  { attempts, firstTriedAt, now }: { attempts: number; firstTriedAt: Date; now: Date },
): Reaction {
  const backOff = new Date(now.getTime() + backOffMs[Math.min(attempts, backOffMs.length) - 1]!);
  if (kind === 'person') return { do: 'nextChannel' };
  if (kind === 'row') return { do: 'giveUp', state: 'failed' };
  if (kind === 'unknown') {
    const repeatable = backOff.getTime() - firstTriedAt.getTime() < dedupeWindowMs;
    return repeatable ? { do: 'again', at: backOff, sure: false } : { do: 'giveUp', state: 'unknown' };
  }
  if (attempts >= maxAttempts) return { do: 'giveUp', state: 'failed' };
  if (kind === 'quota') return { do: 'again', at: nextDay(now), sure: true };
  if (kind === 'slower') return { do: 'again', at: nextMinute(now), sure: true };
  if (kind === 'stop') return { do: 'again', at: new Date(now.getTime() + 10 * 60_000), sure: true };
  return { do: 'again', at: backOff, sure: true };
}

/** May a row that was tried before be sent again with the same `client_msg_id`? */
export const mayRepeat = (firstTriedAt: Date, now: Date): boolean =>
  now.getTime() - firstTriedAt.getTime() < dedupeWindowMs;

/** WeChat's daily counts begin anew at midnight in Beijing; some seconds later, so that our clock may be a little fast. */
export const nextDay = (now: Date): Date =>
  new Date(instantAt(addDays(localDayOf(now), 1), '00:00').getTime() + 20_000);

const nextMinute = (now: Date): Date => new Date((Math.floor(now.getTime() / 60_000) + 1) * 60_000 + 500);

/** Is it too late for this notice? `at` and `now` are the hall's time. */
export function isExpired(template: Template, at: Date, now: Date): boolean {
  const minutes = template.expiresAfterMinutes;
  return minutes !== null && now.getTime() - at.getTime() > minutes * 60_000;
}

/** How long to hold it because of the quiet hours, in milliseconds; 0: send now. `now` is the hall's time. */
export function quietFor(template: Template, now: Date, { from, to }: NoticeSettings['quietHours']): number {
  if (template.quietHours === 'send') return 0;
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const minute = minuteOfDay(now);
  const quiet = begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end;
  if (!quiet) return 0;
  const today = localDayOf(now);
  const until = instantAt(minute < end ? today : addDays(today, 1), to);
  return until.getTime() - now.getTime();
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour! * 60 + minute!;
}
