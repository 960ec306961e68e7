import type { ReactNode } from 'react';
import type { FileView, PrefillAnswer } from '../../../../../server/areas/applications/contract.ts';
import type { Field } from '../../../../../server/areas/applications/forms/kind.ts';

/** What the parts of a form share. */
export interface FormPlace {
  readonly draftId: string;
  readonly files: readonly FileView[];
  readonly licences: PrefillAnswer['licences'];
  readonly onFile: (file: FileView) => void;
  /** The other answers, tidied. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly today: string;
}

export interface FieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly place: FormPlace;
  /** Wrong entries inside it, by their path below the field: `0.name`. */
  readonly inner: Readonly<Record<string, string>>;
  /** Draws a field within this one: the cells of a table. */
  readonly row: (props: RowProps) => ReactNode;
}

/** A field with its name and what is wrong with it. */
export type RowProps = Omit<FieldProps, 'row'> & { readonly error?: string; readonly idPart?: string };

/** Draws one kind of field. A new kind: a file with one of these, and a line in `renderers.ts`. */
export type FieldRenderer = (props: FieldProps) => ReactNode;
