import { GovernmentError } from '../../government/kit/governmentError.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { log } from '../../kernel/log.ts';
import { applicationsErrors as errors } from './contract.ts';
import { BadDefinition, type FormDefinition, readForm } from './forms/definition.ts';
import { forms, type StoredForm } from './model.ts';
import type { ApplicationsRoom } from './room.ts';

export interface FrozenForm {
  /** `formId@version` */
  readonly key: string;
  readonly form: FormDefinition;
  readonly raw: Record<string, unknown>;
}

const keyOf = (form: Pick<FormDefinition, 'formId' | 'version'>): string => `${form.formId}@${form.version}`;

/**
 * The form of a matter as it is now, frozen in our store: a version once seen never changes for the cases that use it. Where
 * 综合受理 is silent, the newest version we have. Errors: `no_form`.
 */
export async function currentForm(room: ApplicationsRoom, matterCode: string): Promise<FrozenForm> {
  if (!room.accept) throw new HallError(errors.noForm);
  try {
    const fetched = await room.accept.form(matterCode, null);
    const form = readForm(fetched.definition);
    const stored: StoredForm = {
      ...{ _id: keyOf(form), matterCode, storedAt: room.clock.now() },
      definition: fetched.definition as Record<string, unknown>,
    };
    await forms().updateOne({ _id: stored._id }, { $setOnInsert: stored }, { upsert: true });
    return storedForm(stored._id);
  } catch (error) {
    if (error instanceof GovernmentError && error.kind === 'refused') throw new HallError(errors.noForm);
    if (!(error instanceof GovernmentError || error instanceof BadDefinition)) throw error;
    log.warn({ cause: error, matterCode }, 'the newest form could not be had');
    const [newest] = (await forms().find({ matterCode }).toArray()).sort(
      (a, b) => Number(b.definition['version']) - Number(a.definition['version']),
    );
    if (!newest) throw new HallError(errors.noForm);
    return storedForm(newest._id);
  }
}

/** A frozen version. */
export async function storedForm(key: string): Promise<FrozenForm> {
  const stored = await forms().findOne({ _id: key });
  if (!stored) throw new Error(`the form ${key} was never stored`);
  return { key, form: readForm(stored.definition), raw: stored.definition };
}
