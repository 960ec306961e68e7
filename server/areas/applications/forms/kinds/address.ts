import * as z from 'zod/mini';
import { fieldKind, plain } from '../kind.ts';

const town = z.object({ code: z.string(), name: z.string() });
export const addressOptions = z.object({ towns: z.array(town).check(z.minLength(1)) });

/** 镇街 and the rest: `{ town, detail }`, the town by its code. */
export const address = fieldKind({
  kind: 'address',
  options: addressOptions,
  tidy: (raw) => {
    if (typeof raw !== 'object' || raw === null || !('detail' in raw)) return raw;
    return { ...raw, detail: plain(raw.detail) };
  },
  schema: ({ towns }) =>
    z.object(
      {
        town: z
          .string({ error: '请选择镇街' })
          .check(z.refine((code) => towns.some((each) => each.code === code), { error: '请选择镇街' })),
        detail: z.string({ error: '请填详细地址' }).check(
          z.refine((value) => [...value].length >= 3, { error: '请填到门牌号' }),
          z.refine((value) => [...value].length <= 80, { error: '最多填 80 个字' }),
        ),
      },
      { error: '请填地址' },
    ),
});
