import { isMobile } from '../../kernel/identifiers/phone.ts';
import type { ListLine } from './listFile.ts';

export type ListKey =
  | { readonly kind: 'phone'; readonly value: string }
  | { readonly kind: 'openid'; readonly value: string }
  | { readonly kind: 'number'; readonly value: string };

/** What a line is about; null when it is none of a phone, an openid and a booking number. */
export function keyOf(text: string): ListKey | null {
  const phone = text.replace(/^\+?86(?=1)/, '').replace(/[\s-]/g, '');
  if (isMobile(phone)) return { kind: 'phone', value: phone };
  if (/^ZC[0-9A-Z]{6,30}$/i.test(text)) return { kind: 'number', value: text.toUpperCase() };
  return /^o[\w-]{20,40}$/.test(text) ? { kind: 'openid', value: text } : null;
}

export interface LineProblem {
  readonly line: number;
  /** As written, a phone or openid in part. */
  readonly text: string;
  readonly problem: 'malformed' | 'unknown' | 'duplicate' | 'notFollowing';
  /** Of a duplicate: the line it repeats. */
  readonly of: number | null;
}

export const partly = (text: string): string =>
  text.length > 8 ? `${text.slice(0, 3)}…${text.slice(-4)}` : text;

const isHeading = ({ text }: ListLine): boolean =>
  /手机|电话|号码|openid|预约|phone/i.test(text) && keyOf(text) === null;

/** Reads each line and finds repeated and unreadable ones. A heading in the first line is no fault. */
export function readKeys(lines: readonly ListLine[]): {
  keys: { readonly line: number; readonly text: string; readonly key: ListKey }[];
  problems: LineProblem[];
} {
  const keys: { line: number; text: string; key: ListKey }[] = [];
  const problems: LineProblem[] = [];
  const seen = new Map<string, number>();
  for (const [index, { line, text }] of lines.entries()) {
    if (index === 0 && isHeading({ line, text })) continue;
    const key = keyOf(text);
    if (!key) {
      problems.push({ line, text: partly(text), problem: 'malformed', of: null });
      continue;
    }
    const before = seen.get(`${key.kind}:${key.value}`);
    if (before !== undefined) problems.push({ line, text: partly(text), problem: 'duplicate', of: before });
    else {
      seen.set(`${key.kind}:${key.value}`, line);
      keys.push({ line, text, key });
    }
  }
  return { keys, problems };
}
