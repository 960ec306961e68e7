import * as z from 'zod/mini';
import { fieldKind, plain } from '../kind.ts';

export const numberOptions = z.object({
  min: z._default(z.number(), 0),
  max: z._default(z.number(), 1e12),
  decimals: z._default(z.int().check(z.minimum(0), z.maximum(6)), 0),
  unit: z._default(z.nullable(z.string()), null),
});

/** Typed digits become a number; anything else stays what it is. */
export const asNumber = (raw: unknown): unknown => {
  const text = plain(raw);
  if (typeof text !== 'string') return text;
  const bare = text.replace(/,/g, '');
  return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : text;
};

/** Whether a number has at most this many decimals, as people write it. */
export const fitsDecimals = (value: number, decimals: number): boolean =>
  Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) < 1e-6;

/** A number with bounds and a unit. */
export const number = fieldKind({
  kind: 'number',
  options: numberOptions,
  tidy: asNumber,
  schema: ({ min, max, decimals }) =>
    z.number({ error: '请填数字' }).check(
      z.refine((value) => value >= min, { error: `不能小于 ${min}` }),
      z.refine((value) => value <= max, { error: `不能大于 ${max}` }),
      z.refine((value) => fitsDecimals(value, decimals), {
        error: decimals === 0 ? '请填整数' : `最多 ${decimals} 位小数`,
      }),
    ),
});
