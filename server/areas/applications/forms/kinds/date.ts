import * as z from 'zod/mini';
import { fieldKind, plain, textThat } from '../kind.ts';

export const dateOptions = z.object({
  /** `today`, or a day. */
  notBefore: z._default(z.nullable(z.string()), null),
  notAfter: z._default(z.nullable(z.string()), null),
});

/** A day of the calendar that exists. */
export function isDay(text: string): boolean {
  if (!/^(19|20)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

export const asDay = (raw: unknown): unknown => {
  const text = plain(raw);
  if (typeof text !== 'string') return text;
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  return found ? `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}` : text;
};

/** A day. */
export const date = fieldKind({
  kind: 'date',
  please: '请选择',
  options: dateOptions,
  tidy: asDay,
  schema: ({ notBefore, notAfter }, { today }) => {
    const from = notBefore === 'today' ? today : notBefore;
    const until = notAfter === 'today' ? today : notAfter;
    return z.pipe(
      textThat(isDay, '请选择日期'),
      z.string().check(
        z.refine((value) => from === null || value >= from, {
          error: notBefore === 'today' ? '不能早于今天' : `不能早于 ${from}`,
        }),
        z.refine((value) => until === null || value <= until, {
          error: notAfter === 'today' ? '不能晚于今天' : `不能晚于 ${until}`,
        }),
      ),
    );
  },
});
