import * as z from 'zod/mini';
import { Condition, fieldsOf } from './condition.ts';
import type { Field } from './kind.ts';
import { tableOptions } from './kinds/table.ts';
import { kinds } from './kinds.ts';

const key = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/));
const label = z.string().check(z.minLength(1), z.maxLength(60));
const optional = <T extends z.ZodMiniType>(type: T) => z._default(z.nullable(type), null);

const FieldBase = z.looseObject({
  key,
  label,
  kind: z.string().check(z.refine((kind) => kinds.has(kind), { error: 'an unknown kind of field' })),
  required: z._default(z.boolean(), false),
  help: optional(z.string().check(z.maxLength(200))),
  prefill: optional(
    z
      .string()
      .check(z.regex(/^(idp\.(name|idNumber|phone)|firm\.(name|code)|licence:[0-9A-Z]+\.[A-Z0-9_]+)$/)),
  ),
  showIf: optional(Condition),
});

const Material = z.object({
  /** STUFF_SEQ */
  seq: z.string().check(z.minLength(1), z.maxLength(20)),
  name: label,
  help: optional(z.string()),
  /** `required`; `later` 容缺: may follow within the correction's time; `optional`. */
  need: z.enum(['required', 'later', 'optional']),
  accept: z._default(z.array(z.enum(['pdf', 'jpg', 'png', 'ofd'])).check(z.minLength(1)), [
    'pdf',
    'jpg',
    'png',
  ]),
  maxMB: z._default(z.number().check(z.minimum(0.1), z.maximum(5)), 5),
  maxFiles: z._default(z.int().check(z.minimum(1), z.maximum(20)), 3),
  /** An e-licence of this type stands for the paper (免提交). */
  licenceType: optional(z.string()),
  blankForm: optional(z.object({ name: z.string(), address: z.string() })),
  sample: optional(z.object({ name: z.string(), address: z.string() })),
  showIf: optional(Condition),
});

const Definition = z.object({
  formId: z.string().check(z.minLength(1), z.maxLength(60)),
  version: z.int().check(z.minimum(1)),
  taskCode: z.string().check(z.minLength(1), z.maxLength(40)),
  title: label,
  /** Working days until the decision is promised; 0: at once. */
  promisedDays: z.int().check(z.minimum(0), z.maximum(120)),
  /** Working days a correction may take. */
  correctionDays: z._default(z.int().check(z.minimum(1), z.maximum(60)), 15),
  situations: z._default(
    z.array(
      z.object({
        code: key,
        title: label,
        options: z.array(z.object({ code: z.string(), title: label })).check(z.minLength(2)),
      }),
    ),
    [],
  ),
  sections: z
    .array(z.object({ id: key, title: label, fields: z.array(FieldBase).check(z.minLength(1)) }))
    .check(z.minLength(1)),
  materials: z._default(z.array(Material), []),
  delivery: z._default(z.array(z.enum(['pickUp', 'post'])).check(z.minLength(1)), ['pickUp']),
});

export type FormMaterial = Omit<z.output<typeof Material>, 'showIf'> & { readonly showIf: Condition | null };
export type FormDefinition = Omit<z.output<typeof Definition>, 'sections' | 'materials'> & {
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly fields: readonly Field[];
  }[];
  readonly materials: readonly FormMaterial[];
};

/** A definition that cannot be used, with all that is wrong. Never reaches a citizen. */
export class BadDefinition extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`a form cannot be read: ${problems.slice(0, 5).join('; ')}`);
    this.name = 'BadDefinition';
  }
}

/** Reads a definition as 综合受理 publishes it. Throws BadDefinition. */
export function readForm(raw: unknown): FormDefinition {
  const read = z.safeParse(Definition, raw);
  if (!read.success)
    throw new BadDefinition(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const form = read.data as unknown as FormDefinition;
  const problems = wrongIn(form);
  if (problems.length > 0) throw new BadDefinition(problems);
  return form;
}

/** The columns of a table as fields. Throws BadDefinition. */
export function columnsOf(field: Field): readonly Field[] {
  const { columns } = tableOptions.parse(field);
  return columns.map((column) => {
    const read = z.safeParse(FieldBase, column);
    if (!read.success) throw new BadDefinition([`a column of ${field.key} cannot be read`]);
    return read.data as unknown as Field;
  });
}

export const fieldsIn = (form: Pick<FormDefinition, 'sections'>): readonly Field[] =>
  form.sections.flatMap((section) => section.fields);

function wrongIn(form: FormDefinition): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  const known = new Set(fieldsIn(form).map((field) => field.key));
  for (const field of fieldsIn(form)) {
    if (seen.has(field.key)) problems.push(`${field.key} is written twice`);
    problems.push(...wrongInField(field, false));
    for (const other of fieldsOf(field.showIf as Condition | null)) {
      // Looking only backwards keeps conditions free of circles.
      if (!seen.has(other))
        problems.push(`${field.key} is shown by ${other}, which does not stand before it`);
    }
    seen.add(field.key);
  }
  for (const { seq, showIf } of form.materials) {
    for (const other of fieldsOf(showIf))
      if (!known.has(other)) problems.push(`material ${seq} is shown by ${other}, which is not there`);
  }
  const numbers = form.materials.map((each) => each.seq);
  if (new Set(numbers).size !== numbers.length) problems.push('two materials have one number');
  return problems;
}

function wrongInField(field: Field, inTable: boolean): string[] {
  const options = z.safeParse(kinds.get(field.kind)!.options, field);
  if (!options.success)
    return options.error.issues.map((issue) => `${field.key}.${issue.path.join('.')}: ${issue.message}`);
  if (field.kind !== 'table') return [];
  if (inTable) return [`${field.key}: a table in a table`];
  try {
    const columns = columnsOf(field);
    const twice = new Set(columns.map((each) => each.key)).size !== columns.length;
    return [
      ...(twice ? [`${field.key}: two columns of one key`] : []),
      ...columns.flatMap((column) => wrongInField(column, true)),
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : 'a table cannot be read'];
  }
}
