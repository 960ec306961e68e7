/** A form as this system publishes it: data, in the format its documentation describes (README.md). */
export interface Form {
  formId: string;
  version: number;
  taskCode: string;
  title: string;
  promisedDays: number;
  correctionDays?: number;
  situations?: { code: string; title: string; options: { code: string; title: string }[] }[];
  sections: { id: string; title: string; fields: Field[] }[];
  materials: Material[];
  delivery: ('pickUp' | 'post')[];
}

export interface Field {
  key: string;
  label: string;
  kind: string;
  required?: boolean;
  help?: string;
  prefill?: string;
  showIf?: Condition;
  [option: string]: unknown;
}

export interface Material {
  seq: string;
  name: string;
  help?: string;
  need: 'required' | 'later' | 'optional';
  accept?: string[];
  maxMB?: number;
  maxFiles?: number;
  licenceType?: string;
  showIf?: Condition;
}

export type Condition =
  | { field: string; is: string | number | boolean }
  | { field: string; in: (string | number | boolean)[] }
  | { field: string; filled: boolean }
  | { situation: string; is: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

type More = Partial<Field>;

/** A field that must be filled, unless `more` says otherwise. */
export const field = (kind: string, key: string, label: string, more: More = {}): Field => ({
  key,
  label,
  kind,
  required: true,
  ...more,
});

export const choice = (key: string, label: string, choices: Record<string, string>, more: More = {}): Field =>
  field('choice', key, label, { choices: coded(choices), ...more });

export const coded = (choices: Record<string, string>): { code: string; label: string }[] =>
  Object.entries(choices).map(([code, label]) => ({ code, label }));

export const situation = (
  code: string,
  title: string,
  options: Record<string, string>,
): { code: string; title: string; options: { code: string; title: string }[] } => ({
  code,
  title,
  options: Object.entries(options).map(([each, words]) => ({ code: each, title: words })),
});

export const promise = (text: string, textVersion = '2026-01'): Field =>
  field('statement', 'promise', '承诺', { text, textVersion });

export const towns = [
  ['440118001', '荔城街道'],
  ['440118002', '增江街道'],
  ['440118003', '朱村街道'],
  ['440118004', '永宁街道'],
  ['440118005', '荔湖街道'],
  ['440118006', '宁西街道'],
  ['440118101', '新塘镇'],
  ['440118102', '石滩镇'],
  ['440118103', '中新镇'],
  ['440118104', '正果镇'],
  ['440118105', '派潭镇'],
  ['440118106', '小楼镇'],
  ['440118107', '仙村镇'],
].map(([code, name]) => ({ code: code!, name: name! }));

export const address = (key: string, label: string, more: More = {}): Field =>
  field('address', key, label, { towns, ...more });

/** Who applies, filled from the identity platform. */
export const person = (title = '申请人'): Form['sections'][number] => ({
  id: 'person',
  title,
  fields: [
    field('name', 'SQRMC', '姓名', { prefill: 'idp.name' }),
    field('idNumber', 'SQRZJHM', '身份证号', { prefill: 'idp.idNumber' }),
    field('phone', 'LXRSJ', '手机号', { prefill: 'idp.phone' }),
  ],
});

export const firm = (title = '申请单位'): Form['sections'][number] => ({
  id: 'firm',
  title,
  fields: [
    field('text', 'SQRMC', '单位名称', { prefill: 'firm.name', maxLength: 100 }),
    field('uscc', 'SQRZJHM', '统一社会信用代码', { prefill: 'firm.code' }),
    field('name', 'LXRXM', '经办人姓名', { prefill: 'idp.name' }),
    field('phone', 'LXRSJ', '经办人手机号', { prefill: 'idp.phone' }),
  ],
});

export const material = (seq: number, name: string, more: Partial<Material> = {}): Material => ({
  seq: `M${String(seq).padStart(3, '0')}`,
  name,
  need: 'required',
  accept: ['pdf', 'jpg', 'png'],
  maxMB: 5,
  maxFiles: 3,
  ...more,
});
