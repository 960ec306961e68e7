import * as z from 'zod/mini';
import { fieldKind, plain } from '../kind.ts';

export const moneyOptions = z.object({
  /** In fen. */
  minFen: z._default(z.int(), 0),
  maxFen: z._default(z.int(), 1e14),
});

/** 「1,200.5」 yuan as typed becomes 120050 fen; digits are moved, nothing is multiplied. */
export const asFen = (raw: unknown): unknown => {
  const text = plain(raw);
  if (typeof text !== 'string') return text;
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.replace(/[,¥元\s]/g, ''));
  return found ? Number(found[1]! + (found[2] ?? '').padEnd(2, '0')) : text;
};

export const sayFen = (fen: number): string =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** An amount of money: an integer number of fen. Typed as yuan. */
export const money = fieldKind({
  kind: 'money',
  options: moneyOptions,
  tidy: asFen,
  schema: ({ minFen, maxFen }) =>
    z.int({ error: '请填金额，最多两位小数' }).check(
      z.refine((value) => value >= minFen, { error: `不能少于 ${sayFen(minFen)} 元` }),
      z.refine((value) => value <= maxFen, { error: `不能多于 ${sayFen(maxFen)} 元` }),
    ),
});
