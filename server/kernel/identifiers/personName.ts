import { maskMiddle } from './mask.ts';

/** 「张*」, 「王*明」, 「欧**娜」: the first and last stay; of two characters only the first. Counts characters, not code units. */
export const maskName = (name: string): string => maskMiddle(name, 1, [...name].length > 2 ? 1 : 0);

/**
 * One form for comparing names that went through other systems: dots of minority and foreign names (·•．), full-width
 * letters and blanks vary between them. Never compare names byte for byte after a GBK hop.
 */
export const comparableName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[·•‧・∙.]/g, '·')
    .replace(/\s+/g, '')
    .toUpperCase();
