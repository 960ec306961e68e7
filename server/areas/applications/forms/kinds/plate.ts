import * as z from 'zod/mini';
import { isPlate, normalisePlate } from '../../../../kernel/identifiers/plate.ts';
import { fieldKind, plain, textThat } from '../kind.ts';

/** A car's number plate (GA 36). */
export const plate = fieldKind({
  kind: 'plate',
  options: z.object({}),
  tidy: (raw) => {
    const text = plain(raw);
    return typeof text === 'string' ? normalisePlate(text) : text;
  },
  schema: () => textThat(isPlate, '车牌号不对，请核对'),
});
