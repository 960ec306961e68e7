import { licenceTypes } from '../licences/types.ts';
import { market } from './forms/market.ts';
import type { Condition, Field, Form } from './forms/parts.ts';
import { people } from './forms/people.ts';
import { work } from './forms/work.ts';
import { type Material, Refusal } from './shapes.ts';

export interface KnownForm {
  formId: string;
  matterName: string;
  definition: Form;
}

/** What the office does with cases of a matter by itself. */
export interface Plan {
  atOnce: boolean;
  licenceType: string | null;
  /** Asked for once, before acceptance. */
  correction: { reason: string; fields: string[]; materials: string[]; list: string; days: number } | null;
}

const corrections: Readonly<Record<string, NonNullable<Plan['correction']>>> = {
  '11440118MB2X0001234440131007001': {
    reason: '平面图没有标明操作间，经营面积与平面图不一致',
    fields: ['MJ'],
    materials: ['M002'],
    list: '经营场所平面图（标明各功能区）',
    days: 5,
  },
  '11440118MB2X0025854440132311000': {
    reason: '排水管网图纸缺少检查井位置',
    fields: [],
    materials: ['M003'],
    list: '排水管网图纸',
    days: 10,
  },
};

const licences: Readonly<Record<string, string>> = {
  '11440118MB2X0001234440131007001': licenceTypes.foodLicence.type,
  '11440118MB2X0001234440131012000': licenceTypes.foodLicence.type,
  '11440118MB2X0001234440731012000': licenceTypes.businessLicence.type,
  '11440118MB2X00282M4440132611000': licenceTypes.hygieneLicence.type,
  '11440118MB2X00346K4440733211000': licenceTypes.disability.type,
};

/** The forms that are published, in all their versions. */
export class FormShelf {
  #forms: Form[] = [...market, ...people, ...work];

  listing(): { formId: string; version: number; taskCode: string; title: string }[] {
    const current = new Map<string, Form>();
    for (const form of this.#forms)
      if ((current.get(form.taskCode)?.version ?? 0) < form.version) current.set(form.taskCode, form);
    return [...current.values()].map(({ formId, version, taskCode, title }) => ({
      formId,
      version,
      taskCode,
      title,
    }));
  }

  /** Null: the current version. */
  find(taskCode: string, version: number | null): KnownForm | undefined {
    const all = this.#forms.filter((form) => form.taskCode === taskCode);
    const wanted = version ?? Math.max(...all.map((form) => form.version));
    const form = all.find((each) => each.version === wanted);
    return form && { formId: form.formId, matterName: form.title, definition: form };
  }

  /** A new version of a form; the old ones stay readable. */
  publish(form: Form): void {
    this.#forms = [...this.#forms, form];
  }

  plan(taskCode: string): Plan {
    return {
      atOnce: this.find(taskCode, null)?.definition.promisedDays === 0,
      licenceType: licences[taskCode] ?? null,
      correction: corrections[taskCode] ?? null,
    };
  }
}

type Answers = Record<string, unknown>;

const empty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** `code=option;code=option` */
const situationOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(';').flatMap((each) => (each.includes('=') ? [each.split('=') as [string, string]] : [])),
  );

function shown(
  condition: Condition | undefined,
  answers: Answers,
  situation: Record<string, string>,
): boolean {
  if (!condition) return true;
  if ('all' in condition) return condition.all.every((each) => shown(each, answers, situation));
  if ('any' in condition) return condition.any.some((each) => shown(each, answers, situation));
  if ('not' in condition) return !shown(condition.not, answers, situation);
  if ('situation' in condition) return situation[condition.situation] === condition.is;
  const value = answers[condition.field];
  if ('filled' in condition) return empty(value) !== condition.filled;
  const wanted = 'in' in condition ? condition.in : [condition.is];
  return wanted.some((each) => (Array.isArray(value) ? value.includes(each) : value === each));
}

/** What type of JSON a kind's answer is. */
const types: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'object' | 'array'>> = {
  number: 'number',
  money: 'number',
  calculated: 'number',
  yesNo: 'boolean',
  dateRange: 'object',
  address: 'object',
  licence: 'object',
  bankAccount: 'object',
  statement: 'object',
  choices: 'array',
  attachment: 'array',
  table: 'array',
};

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

/** Judges the answers as this system does: what must be there is there, of the right type, one of the choices, without emoji. */
export function checkAnswers({ definition }: KnownForm, answers: Answers, situationText: string): void {
  const situation = situationOf(situationText);
  for (const { code, options } of definition.situations ?? [])
    if (!options.some((each) => each.code === situation[code]))
      throw new Refusal(4003, `情形未选择：${code}`);
  const fields = definition.sections.flatMap((section) => section.fields);
  for (const key of Object.keys(answers))
    if (!fields.some((each) => each.key === key)) throw new Refusal(4003, `表单没有此项：${key}`);
  if (/\p{Extended_Pictographic}/u.test(JSON.stringify(answers).replace(/[©®™\d#*]/g, '')))
    throw new Refusal(4003, '表单含有不支持的字符');
  for (const each of fields) checkField(each, answers, situation);
}

function checkField(field: Field, answers: Answers, situation: Record<string, string>): void {
  const value = answers[field.key];
  if (!shown(field.showIf, answers, situation)) return;
  if (empty(value)) {
    if (field.required && field.kind !== 'notice') throw new Refusal(4003, `必填项为空：${field.key}`);
    return;
  }
  const wrong = new Refusal(4003, `填写有误：${field.key}`);
  if (typeOf(value) !== (types[field.kind] ?? 'string')) throw wrong;
  const codes = ((field['choices'] ?? field['codes'] ?? []) as { code: string }[]).map((each) => each.code);
  const chosen = Array.isArray(value) ? value : [value];
  if (/^(choice|choices|codeList)$/.test(field.kind) && !chosen.every((each) => codes.includes(String(each))))
    throw wrong;
  if (field.kind === 'statement' && (value as Answers)['agreed'] !== true) throw wrong;
  if (field.kind === 'table')
    for (const row of value as Answers[])
      for (const column of field['columns'] as Field[]) checkField(column, row, situation);
}

/** Each material that the situation and the answers ask for is there in a way that it allows. */
export function checkMaterials(
  { definition }: KnownForm,
  given: readonly Material[],
  situationText: string,
  answers: Answers,
): void {
  const situation = situationOf(situationText);
  for (const each of given)
    if (!definition.materials.some(({ seq }) => seq === each.seq))
      throw new Refusal(4003, `材料不在清单内：${each.seq}`);
  for (const wanted of definition.materials) {
    if (!shown(wanted.showIf, answers, situation)) continue;
    const own = given.filter(({ seq }) => seq === wanted.seq);
    const here = own.filter(({ way }) => way !== 'later');
    if (wanted.need === 'required' && here.length === 0) throw new Refusal(4003, `缺少材料：${wanted.seq}`);
    if (wanted.need === 'later' && own.length === 0) throw new Refusal(4003, `缺少材料：${wanted.seq}`);
    for (const { way, fileName } of own) {
      const suffix = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase().replace('jpeg', 'jpg') ?? '';
      if (way === 'file' && wanted.accept && !wanted.accept.includes(suffix))
        throw new Refusal(4003, `材料格式不符：${wanted.seq}`);
      if (way === 'licence' && !wanted.licenceType)
        throw new Refusal(4003, `材料不能用电子证照：${wanted.seq}`);
    }
  }
}
