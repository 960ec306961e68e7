import { type Condition, type Facts, holds } from './condition.ts';
import { columnsOf, type FormDefinition, type FormMaterial, fieldsIn } from './definition.ts';
import { type Field, isEmpty } from './kind.ts';
import { calculate, calculatedOptions } from './kinds/calculated.ts';
import { kinds } from './kinds.ts';

export interface Verdict {
  /** Tidied answers of the fields that are shown; hidden ones are left out. */
  readonly values: Readonly<Record<string, unknown>>;
  /** What is wrong, by field key; a cell of a table is `table.0.column`. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface ValidateOptions {
  /** The hall's day. */
  readonly today: string;
  /** Only these fields are judged and returned (补正). */
  readonly only?: readonly string[];
}

/**
 * Judges the answers of a form. The phone and the server run this same function, so they agree. A field that is hidden
 * counts as not answered for the conditions after it.
 */
export function validateForm(
  form: Pick<FormDefinition, 'sections' | 'situations'>,
  facts: Facts,
  { today, only }: ValidateOptions,
): Verdict {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const { code, options } of form.situations) {
    if (only) break;
    if (!options.some((each) => each.code === facts.situation[code]))
      errors[`situation.${code}`] = '请选择您的情况';
  }
  for (const field of fieldsIn(form)) {
    if (!holds(field.showIf as Condition | null, { answers: values, situation: facts.situation })) continue;
    judge(field, facts.answers[field.key], { today, answers: values }, field.key, values, errors);
  }
  if (!only) return { values, errors };
  const wanted = (path: string): boolean => only.includes(path.split('.')[0]!);
  const keep = <T>(all: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([path]) => wanted(path)));
  return { values: keep(values), errors: keep(errors) };
}

interface Place {
  readonly today: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

function judge(
  field: Field,
  raw: unknown,
  around: Place,
  path: string,
  values: Record<string, unknown>,
  errors: Record<string, string>,
): void {
  const kind = kinds.get(field.kind)!;
  if (field.kind === 'calculated') {
    values[field.key] = calculate(calculatedOptions.parse(field), around.answers);
    return;
  }
  if (!kind.asks) return;
  const tidy = kind.tidy(raw);
  if (isEmpty(tidy)) {
    if (field.required) errors[path] = `${kind.please}${field.label}`;
    return;
  }
  const read = kind.schema(field, around).safeParse(tidy);
  if (!read.success) errors[path] = read.error.issues[0]?.message ?? '请检查这一项';
  // A value that is wrong still decides what is shown, as it does on the screen.
  values[field.key] = read.success ? read.data : tidy;
  if (field.kind !== 'table' || !Array.isArray(tidy) || !tidy.every(isRow)) return;
  const columns = columnsOf(field);
  values[field.key] = tidy.map((cells: Readonly<Record<string, unknown>>, at) => {
    const tidied: Record<string, unknown> = {};
    for (const column of columns) {
      const shown = holds(column.showIf as Condition | null, { answers: tidied, situation: {} });
      const place = { today: around.today, answers: tidied };
      if (shown) judge(column, cells[column.key], place, `${path}.${at}.${column.key}`, tidied, errors);
    }
    return tidied;
  });
}

const isRow = (row: unknown): boolean => typeof row === 'object' && row !== null && !Array.isArray(row);

/** Which fields the screen shows for these answers, in order. */
export function shownFields(
  form: Pick<FormDefinition, 'sections' | 'situations'>,
  facts: Facts,
  today: string,
): Set<string> {
  const { values } = validateForm(form, facts, { today });
  const shown = new Set<string>();
  for (const field of fieldsIn(form)) {
    if (holds(field.showIf as Condition | null, { answers: values, situation: facts.situation }))
      shown.add(field.key);
  }
  return shown;
}

/** The materials that this situation and these answers ask for. */
export const materialsFor = (
  form: Pick<FormDefinition, 'materials'>,
  facts: Facts,
): readonly FormMaterial[] => form.materials.filter((material) => holds(material.showIf, facts));
