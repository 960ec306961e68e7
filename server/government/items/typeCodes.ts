/**
 * 权力类型 by two-digit code. Provinces permute them, so there is a table per source; a code that is not in it is 「其他」, and
 * the code itself is kept. (01, 02 and 20 are proven by published codes of Guangdong; its links also show 21.)
 */
const guangdong: Readonly<Record<string, string>> = {
  '01': '行政许可',
  '02': '行政处罚',
  '03': '行政强制',
  '04': '行政征收',
  '05': '行政给付',
  '06': '行政检查',
  '07': '行政确认',
  '08': '行政奖励',
  '09': '行政裁决',
  '10': '其他行政权力',
  '20': '公共服务',
  '21': '公共服务',
};

const letters: Readonly<Record<string, string>> = {
  XK: '行政许可',
  CF: '行政处罚',
  QZ: '行政强制',
  ZS: '行政征收',
  GF: '行政给付',
  JC: '行政检查',
  QR: '行政确认',
  JL: '行政奖励',
  CJ: '行政裁决',
  GG: '公共服务',
  QT: '其他行政权力',
};

export type TypeSource = 'guangdong' | 'letters';
const tables: Readonly<Record<TypeSource, Readonly<Record<string, string>>>> = { guangdong, letters };

export const typeLabelOf = (code: string, source: TypeSource = 'guangdong'): string =>
  tables[source][code] ?? '其他';

export const isKnownType = (code: string, source: TypeSource = 'guangdong'): boolean =>
  tables[source][code] !== undefined;
