import * as z from 'zod/mini';
import { fieldKind, textThat } from '../kind.ts';

export const choiceOptions = z.object({
  choices: z.array(z.object({ code: z.string(), label: z.string() })).check(z.minLength(1)),
});

/** One of a few. */
export const choice = fieldKind({
  kind: 'choice',
  please: '请选择',
  options: choiceOptions,
  schema: ({ choices }) => textThat((value) => choices.some((each) => each.code === value), '请选择一项'),
});
