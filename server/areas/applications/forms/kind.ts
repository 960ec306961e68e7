import * as z from 'zod/mini';

/** A field of a form as its definition writes it; what a kind of field needs besides stands beside these. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
  readonly help: string | null;
  /** `idp.name`, `idp.idNumber`, `idp.phone`, `firm.name`, `firm.code`, or `licence:<type>.<field>`. */
  readonly prefill: string | null;
  readonly showIf: unknown;
  readonly [option: string]: unknown;
}

/** What a value is judged against besides its field. */
export interface Around {
  /** The hall's day, `YYYY-MM-DD`. */
  readonly today: string;
  /** The other answers of the form, as typed; inside a table, those of the row. */
  readonly answers: Readonly<Record<string, unknown>>;
}

export interface FieldKind {
  readonly kind: string;
  /** False: shows something and asks nothing. */
  readonly asks: boolean;
  /** What an empty field says before its label: 「请选择」. */
  readonly please: string;
  /** Checks the definition's own part for this kind; unknown options are left alone. */
  readonly options: z.ZodMiniType;
  /** What people type, made tidy: full-width digits, spaces, small letters. Never throws, leaves what it does not understand. */
  readonly tidy: (raw: unknown) => unknown;
  /** Accepts a tidied value, or says in Chinese what is wrong with it. */
  readonly schema: (field: Field, around: Around) => z.ZodMiniType;
}

/** Declares a kind; the options are checked once more where they are used, so that their types hold. */
export function fieldKind<O extends z.ZodMiniType>(kind: {
  readonly kind: string;
  readonly asks?: boolean;
  readonly please?: string;
  readonly options: O;
  readonly tidy?: (raw: unknown) => unknown;
  readonly schema: (options: z.output<O>, around: Around, field: Field) => z.ZodMiniType;
}): FieldKind {
  return {
    kind: kind.kind,
    asks: kind.asks ?? true,
    please: kind.please ?? '请填写',
    options: kind.options,
    tidy: kind.tidy ?? ((raw) => raw),
    schema: (field, around) => kind.schema(kind.options.parse(field), around, field),
  };
}

/** True of what counts as no answer. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.values(value).every(isEmpty);
  return false;
}

/** Full-width letters, digits and signs become plain ones; the ends are trimmed. */
export const plain = (raw: unknown): unknown =>
  typeof raw === 'string'
    ? raw
        .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
        .replace(/\u3000/g, ' ')
        .trim()
    : raw;

/** The same without any space or hyphen, in capitals. */
export const codeLike = (raw: unknown): unknown => {
  const text = plain(raw);
  return typeof text === 'string' ? text.replace(/[\s-]/g, '').toUpperCase() : text;
};

/** A text that passes `ok`, or `message`. */
export const textThat = (ok: (text: string) => boolean, message: string): z.ZodMiniType =>
  z.string({ error: message }).check(z.refine(ok, { error: message }));

const limit = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
export const count = { limit };
