import { maskMiddle } from './mask.ts';

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const shape = new RegExp(
  `^[${provinces}][A-HJ-NP-Z]([A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[DF])$`,
);

/** As people type it: blanks, the dot of the metal plate, small letters. */
export const normalisePlate = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s·•.．-]/g, '')
    .toUpperCase();

/** 号牌号码: 5 characters after the place, 6 for a new-energy car (first or last D or F). */
export const isPlate = (plate: string): boolean => shape.test(plate);

/** 「粤A·**34」 for 粤A and five or six more: the last two stay. */
export const maskPlate = (plate: string): string =>
  `${plate.slice(0, 2)}·${maskMiddle(plate.slice(2), 0, 2)}`;
