import { maskMiddle } from '../../kernel/identifiers/mask.ts';
import type { LicenceContent } from './port.ts';

const idFields = /^(ZJHM|SFZHM|TYSHXYDM|.*ZJH)$/;
const nameFields = /^(XM|CZZT|.*RMC|FDDBR)$/;
const placeFields = /^(ZZ|JZDZ|ZL|.*DZ)$/;

/** What of a licence may be shown before the holder asks to see it: numbers by their ends, names by first and last, places to the road. */
export const maskedFields = ({ fields }: LicenceContent): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, masked(name, value)]));

function masked(name: string, value: string): string {
  if (idFields.test(name)) return maskMiddle(value, 3, 4);
  if (nameFields.test(name))
    return [...value].length <= 2 ? `${[...value][0] ?? ''}*` : maskMiddle(value, 1, 1);
  if (placeFields.test(name)) return value.replace(/(?<=[路街巷道村镇]).*$/u, '***');
  return value;
}
