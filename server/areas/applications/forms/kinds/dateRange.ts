import * as z from 'zod/mini';
import { fieldKind, textThat } from '../kind.ts';
import { asDay, isDay } from './date.ts';

export const dateRangeOptions = z.object({ maxDays: z._default(z.nullable(z.int()), null) });

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000 + 1;

/** From a day to a day, both included: `{ from, to }`. */
export const dateRange = fieldKind({
  kind: 'dateRange',
  please: '请选择',
  options: dateRangeOptions,
  tidy: (raw) => {
    if (typeof raw !== 'object' || raw === null || !('from' in raw) || !('to' in raw)) return raw;
    return { from: asDay(raw.from), to: asDay(raw.to) };
  },
  schema: ({ maxDays }) =>
    z
      .object(
        { from: textThat(isDay, '请选择开始日期'), to: textThat(isDay, '请选择结束日期') },
        { error: '请选择开始和结束日期' },
      )
      .check(
        z.refine((value) => String(value.from) <= String(value.to), { error: '结束日期不能早于开始日期' }),
        z.refine(
          (value) => maxDays === null || daysBetween(String(value.from), String(value.to)) <= maxDays,
          {
            error: `最长 ${maxDays} 天`,
          },
        ),
      ),
});
