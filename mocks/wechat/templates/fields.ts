import type { JsonObject } from '../core/errors.ts';
import { Refusal } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import type { Keyword } from './library.ts';
import { keyOf } from './library.ts';

export type FieldKind =
  | 'thing'
  | 'number'
  | 'letter'
  | 'symbol'
  | 'character_string'
  | 'time'
  | 'date'
  | 'amount'
  | 'phone_number'
  | 'car_number'
  | 'name'
  | 'phrase';

const length = (value: string) => [...value].length;
const day = String.raw`(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`;
const hour = String.raw`(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?`;
const moment = `(?:${day}(?:\\s*${hour})?|${hour})`;
const timePattern = new RegExp(`^${moment}(?:\\s*[~～]\\s*${moment})?$`);
const datePattern = new RegExp(`^${day}(?:\\s*${hour})?(?:\\s*[~～]\\s*${day}(?:\\s*${hour})?)?$`);

/** What each kind of field takes. Lengths are characters, not bytes. Source: 发送订阅消息, 参数说明. */
const takes: Record<FieldKind, (value: string) => boolean> = {
  thing: (value) => length(value) <= 20,
  number: (value) => value.length <= 32 && /^[+-]?\d+(?:\.\d+)?$/.test(value),
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => length(value) <= 5 && /^[\p{P}\p{S}]+$/u.test(value),
  character_string: (value) => /^[\x21-\x7e ]{1,32}$/.test(value),
  time: (value) => timePattern.test(value) && realDates(value),
  date: (value) => datePattern.test(value) && realDates(value),
  amount: (value) => /^\p{Sc}?(?:\d{1,10})(?:\.\d+)?元?$/u.test(value),
  phone_number: (value) => /^[\d+()（） -]{1,17}$/.test(value),
  car_number: (value) => length(value) <= 8 && /^\p{Script=Han}?[A-Za-z0-9·-]+\p{Script=Han}?$/u.test(value),
  name: (value) =>
    /^[\p{Script=Han}·]{1,10}$/u.test(value) ||
    (value.length <= 20 && /^[A-Za-z\s\p{P}\p{S}]+$/u.test(value)),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
};

function realDates(value: string): boolean {
  for (const [, year, month, date] of value.matchAll(/(\d{4})\D(\d{1,2})\D(\d{1,2})/g)) {
    const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
    if (made.getUTCMonth() !== Number(month) - 1 || made.getUTCDate() !== Number(date)) return false;
  }
  return true;
}

export function fieldTakes(kind: FieldKind, value: string): boolean {
  return takes[kind](value);
}

/**
 * The template's values in order. 47003 names the first field that is missing, empty, of the wrong kind, too long, or
 * holds a control character. Keys the template does not have are ignored, as are `first`, `remark` and colours.
 */
export function readFields(keywords: Keyword[], data: JsonObject): { label: string; value: string }[] {
  return keywords.map((one) => {
    const key = keyOf(one);
    const item = data[key];
    const raw = isObject(item) ? item['value'] : undefined;
    const value = typeof raw === 'number' ? String(raw) : raw;
    if (typeof value !== 'string' || value === '') {
      throw new Refusal(47003, `argument invalid! data.${key}.value is empty`);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the platform refuses exactly these
    if (/[\u0000-\u001f\u007f]/.test(value) || !fieldTakes(one.kind, value)) {
      throw new Refusal(47003, `argument invalid! data.${key}.value invalid`);
    }
    return { label: one.name, value: value.replace(/\p{Extended_Pictographic}/gu, '□') };
  });
}
