import { maskMiddle } from '../../kernel/identifiers/mask.ts';
import type { LicenceContent } from './port.ts';

const idFields = /^(ZJHM|SFZHM|TYSHXYDM|.*ZJH)$/;
const nameFields = /^(XM|CZZT|.*RMC|FDDBR)$/;
const placeFields = /^(ZZ|JZDZ|ZL|.*DZ)$/;

/** What of a licence may be shown before the holder asks to see it: numbers by their ends, names by first and last, places to the town or village. */
export const maskedFields = ({ fields }: LicenceContent): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, masked(name, value)]));

function masked(name: string, value: string): string {
  if (idFields.test(name)) return maskMiddle(value, 3, 4);
  if (nameFields.test(name))
    return [...value].length <= 2 ? `${[...value][0] ?? ''}*` : maskMiddle(value, 1, 1);
  if (placeFields.test(name)) {
    const known =
      /^.*?(?:街道|镇)(?:[^路街巷号]{1,10}?(?:村|社区))?/u.exec(value)?.[0] ??
      [...value].slice(0, 6).join('');
    return `${known}***`;
  }
  return value;
}
