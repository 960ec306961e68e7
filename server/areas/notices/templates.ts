import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fieldKinds, fitValue } from '../../wechat/official-account/templateFields.ts';

const Template = z.strictObject({
  /** The notice kind, e.g. `booking.confirmed`. */
  id: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/),
  /** The template's number in WeChat's category library, with which an account adds it. */
  shortId: z.string().regex(/^\d+$/),
  title: z.string(),
  fields: z
    .array(
      z.strictObject({
        /** The keyword's name in the library; it finds the field's key in the account's own template. */
        label: z.string(),
        kind: z.enum(fieldKinds),
        /** Which of the notice's values fills it. */
        from: z.string(),
        example: z.string(),
        /** Used when the notice has no such value; without it the value is required. */
        fallback: z.string().optional(),
      }),
    )
    .min(2)
    .max(5),
  /** May staff broadcast with it? WeChat allows service notices and public alerts only, never marketing (40249). */
  broadcast: z.boolean(),
  mayOptOut: z.boolean(),
  /** `hold`: waits for the morning when it falls into the quiet hours. `send`: the citizen is waiting for it. */
  quietHours: z.enum(['hold', 'send']),
  /** After this long it is worth nothing and is not sent any more; null: never. */
  expiresAfterMinutes: z.number().int().positive().nullable(),
});
export type Template = z.infer<typeof Template>;

const file = new URL('../../../cloud-config/templates.json', import.meta.url);
const Registry = z.strictObject({ version: z.literal(1), templates: z.array(Template) });

/** The template registry, checked when it is loaded: ids are unique and each example may be sent. */
export function readTemplates(text: string): ReadonlyMap<string, Template> {
  const { templates } = Registry.parse(JSON.parse(text));
  for (const { id, fields } of templates) {
    for (const { label, kind, example, fallback } of fields) {
      for (const value of [example, fallback ?? example]) {
        const fitted = fitValue(kind, value);
        if (fitted.problem || fitted.shortened) throw new Error(`${id}, ${label}: 「${value}」 does not fit`);
      }
    }
  }
  const byId = new Map(templates.map((each) => [each.id, each]));
  if (byId.size !== templates.length) throw new Error('the template registry names a notice kind twice');
  return byId;
}

export const templates = readTemplates(readFileSync(file, 'utf8'));

export interface RenderedField {
  /** The name of the value that filled it. */
  readonly from: string;
  readonly label: string;
  readonly value: string;
  readonly shortened: boolean;
}

export interface Rendered {
  readonly title: string;
  readonly fields: readonly RenderedField[];
  readonly problems: readonly { readonly field: string; readonly label: string; readonly message: string }[];
}

/** What the citizen will see: each field filled, cleaned and shortened to WeChat's limits. */
export function renderTemplate(template: Template, values: Readonly<Record<string, string>>): Rendered {
  const fitted = template.fields.map((field) => ({
    field,
    ...fitValue(field.kind, values[field.from]?.trim() || (field.fallback ?? '')),
  }));
  return {
    title: template.title,
    fields: fitted.map(({ field, value, shortened }) => ({
      from: field.from,
      label: field.label,
      value,
      shortened,
    })),
    problems: fitted.flatMap(({ field, problem }) =>
      problem ? [{ field: field.from, label: field.label, message: `${field.label}：${problem}` }] : [],
    ),
  };
}
