import { mod11x10 } from './checkCharacters.ts';

/** 15-digit 营业执照注册号 (GS 15-2006) from before the unified code. The place may be a retired one (440183, 440125). */
export const isRegistrationNumber = (number: string): boolean =>
  /^\d{15}$/.test(number) && mod11x10(number.slice(0, 14)) === number[14];
