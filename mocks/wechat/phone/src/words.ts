import type { Content } from './types.ts';

const zone = 'Asia/Shanghai';
const part = (at: number, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hour12: false, ...options }).format(at);

export const clock = (at: number) => part(at, { hour: '2-digit', minute: '2-digit' }).replace(/^24/, '00');
const day = (at: number) => part(at, { year: 'numeric', month: '2-digit', day: '2-digit' });

/** A time in a chat, as short as it may be: 09:30, 昨天 09:30, 11月24日 09:30. */
export function chatTime(at: number, now: number): string {
  if (day(at) === day(now)) return clock(at);
  if (day(at) === day(now - 86_400_000)) return `昨天 ${clock(at)}`;
  return `${part(at, { month: 'long', day: 'numeric' })} ${clock(at)}`;
}

export const listTime = (at: number, now: number) =>
  day(at) === day(now)
    ? clock(at)
    : day(at) === day(now - 86_400_000)
      ? '昨天'
      : part(at, { month: 'long', day: 'numeric' });

export const longDay = (at: number) => part(at, { month: 'long', day: 'numeric', weekday: 'long' });

/** One line for the chat list and the banner. */
export function snippet(content: Content): string {
  if (content.kind === 'text') return content.text.replace(/\s+/g, ' ');
  if (content.kind === 'template') return content.title;
  if (content.kind === 'articles') return content.articles[0]?.title ?? '文章';
  if (content.kind === 'image') return '[图片]';
  if (content.kind === 'program') return `[小程序] ${content.title}`;
  return content.kind === 'voice' ? '[语音]' : content.kind === 'video' ? '[视频]' : '[音乐]';
}
