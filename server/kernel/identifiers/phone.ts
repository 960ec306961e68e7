import { maskMiddle } from './mask.ts';

/** A mobile number of the mainland. Prefixes are not listed: new ones are given out each year. */
export const isMobile = (text: string): boolean => /^1[3-9]\d{9}$/.test(text);

/** A number a citizen may be given to call: fixed line with area code, or a hotline. */
export const isFixedLine = (text: string): boolean =>
  /^(0\d{2,3}-?[2-9]\d{6,7}(-\d{1,6})?|1\d{4}|12345|[48]00-?\d{3}-?\d{4})$/.test(text);

/** 「138****0001」 */
export const maskPhone = (phone: string): string => maskMiddle(phone, 3, 4);
