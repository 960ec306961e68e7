import * as z from 'zod/mini';
import { fieldKind } from '../kind.ts';
import { choiceOptions } from './choice.ts';

export const choicesOptions = z.extend(choiceOptions, {
  min: z._default(z.int(), 0),
  max: z._default(z.int(), 50),
});

/** Several of a few, each once. */
export const choices = fieldKind({
  kind: 'choices',
  please: '请选择',
  options: choicesOptions,
  schema: ({ choices: offered, min, max }) =>
    z.array(z.string({ error: '请选择' }), { error: '请选择' }).check(
      z.refine((value) => value.every((code) => offered.some((each) => each.code === code)), {
        error: '有一项不在可选范围内，请重新选',
      }),
      z.refine((value) => new Set(value).size === value.length, { error: '有重复的选项' }),
      z.refine((value) => value.length >= min, { error: `至少选 ${min} 项` }),
      z.refine((value) => value.length <= max, { error: `最多选 ${max} 项` }),
    ),
});
