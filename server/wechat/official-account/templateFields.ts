/** Kinds of field in WeChat's category templates; a field's key is its kind and a number, e.g. `thing1`. */
export const fieldKinds = [
  'thing',
  'number',
  'letter',
  'symbol',
  'character_string',
  'time',
  'date',
  'amount',
  'phone_number',
  'car_number',
  'name',
  'phrase',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

interface Rule {
  /** Longest value, in characters as a reader counts them. */
  readonly limit: number;
  readonly fits: (value: string) => boolean;
  /** May an over-long value be cut? A number, a time or a code that is cut says something else. */
  readonly cut: boolean;
  /** Told to staff when the value is refused. */
  readonly hint: string;
}

const day = String.raw`(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})`;
const hour = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`;
const moment = `(?:${day}(?: ${hour})?|${hour})`;
const momentRange = new RegExp(`^${moment}(?:~${moment})?$`);
const dayRange = new RegExp(`^${day}(?: ${hour})?(?:~${day}(?: ${hour})?)?$`);

/** Source: WeChat's "发送订阅消息" parameter table; the official account's category templates follow it. */
export const fieldRules: Readonly<Record<FieldKind, Rule>> = {
  thing: { limit: 20, fits: () => true, cut: true, hint: '最多 20 个字' },
  number: { limit: 32, fits: (v) => /^-?\d+(\.\d+)?$/.test(v), cut: false, hint: '只能是数字' },
  letter: { limit: 32, fits: (v) => /^[A-Za-z]+$/.test(v), cut: false, hint: '只能是字母' },
  symbol: { limit: 5, fits: (v) => /^[\p{P}\p{S}]+$/u.test(v), cut: false, hint: '只能是符号' },
  character_string: {
    limit: 32,
    fits: (v) => /^[\x20-\x7e]+$/.test(v),
    cut: false,
    hint: '只能是数字、字母或符号，不能有汉字，最多 32 位',
  },
  time: {
    limit: 64,
    fits: (v) => momentRange.test(v) && datesExist(v),
    cut: false,
    hint: '请写成「2026年11月26日 09:30」这样的时间，可用 ~ 连接起止',
  },
  date: {
    limit: 64,
    fits: (v) => dayRange.test(v) && datesExist(v),
    cut: false,
    hint: '请写成「2026年11月26日」这样的日期',
  },
  amount: {
    limit: 16,
    fits: (v) => /^\p{Sc}?\d{1,10}(\.\d{1,2})?元?$/u.test(v),
    cut: false,
    hint: '请写成「¥80.00」或「80.00元」这样的金额',
  },
  phone_number: { limit: 17, fits: (v) => /^[\d+() -]+$/.test(v), cut: false, hint: '请填写电话号码' },
  car_number: {
    limit: 8,
    fits: (v) => /^\p{Script=Han}?[A-Za-z0-9·-]+\p{Script=Han}?$/u.test(v),
    cut: false,
    hint: '请填写车牌号',
  },
  name: {
    limit: 20,
    fits: (v) => /^[\p{Script=Han}·]{1,10}$/u.test(v) || /^[A-Za-z\s.'-]{1,20}$/.test(v),
    cut: false,
    hint: '最多 10 个汉字，或 20 个字母',
  },
  phrase: { limit: 5, fits: (v) => /^\p{Script=Han}+$/u.test(v), cut: false, hint: '最多 5 个汉字' },
};

export interface FittedValue {
  readonly value: string;
  readonly shortened: boolean;
  /** Why WeChat would refuse it with 47003; null when it may be sent. */
  readonly problem: string | null;
}

/**
 * Makes a value sendable: control characters and line breaks become spaces, pictographs (shown as □ since 2023) go,
 * and a `thing` that is too long is cut at a whole character with an ellipsis. Whatever cannot be mended is a problem.
 */
export function fitValue(kind: FieldKind, raw: string): FittedValue {
  const rule = fieldRules[kind];
  const clean = raw
    .replace(/\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200d|\ufe0f|\p{Extended_Pictographic})*/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (clean === '') return { value: '', shortened: false, problem: '不能为空' };
  const tooLong = [...clean].length > rule.limit;
  if (tooLong && !rule.cut) return { value: clean, shortened: false, problem: rule.hint };
  const value = tooLong ? cutTo(clean, rule.limit) : clean;
  return { value, shortened: tooLong, problem: rule.fits(value) ? null : rule.hint };
}

/** At most `limit` code points including the ellipsis, never splitting what a reader sees as one character. */
function cutTo(text: string, limit: number): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    if ([...kept, ...segment].length > limit - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function datesExist(value: string): boolean {
  return [...value.matchAll(/(\d{4})\D(\d{1,2})\D(\d{1,2})/g)].every(([, year, month, date]) => {
    const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
    return made.getUTCMonth() === Number(month) - 1 && made.getUTCDate() === Number(date);
  });
}
