import * as z from 'zod/mini';
import { fieldKind, plain, textThat } from '../kind.ts';

const letters =
  /^[\p{Script=Han}〇]{2,30}$|^[\p{Script=Han}〇]+([·][\p{Script=Han}〇]+)+$|^[A-Za-z][A-Za-z .'-]{1,58}$/u;

/** A person's name: Chinese with a middle dot where there is one, or in Latin letters. */
export const name = fieldKind({
  kind: 'name',
  options: z.object({}),
  tidy: (raw) => {
    const text = plain(raw);
    return typeof text === 'string'
      ? text.replace(/[•・‧.](?=\p{Script=Han})/gu, '·').replace(/ +/g, ' ')
      : text;
  },
  schema: () => textThat((value) => letters.test(value) && value.length <= 60, '请填证件上的姓名'),
});
