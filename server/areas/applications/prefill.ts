import { GovernmentError } from '../../government/kit/governmentError.ts';
import { log } from '../../kernel/log.ts';
import type { PrefillAnswer } from './contract.ts';
import type { OpenDraft } from './drafts.ts';
import { fieldsIn } from './forms/definition.ts';
import { isEmpty } from './forms/kind.ts';
import { kinds } from './forms/kinds.ts';
import { storedForm } from './forms.ts';
import { askerFor, licencesOf } from './licencesOf.ts';
import type { ApplicationsRoom } from './room.ts';

/**
 * What we may fill in for the person, once they agreed: from the identity platform and from their e-licences. Only fields
 * that are empty; nothing is stored until the phone saves it as theirs.
 */
export async function prefill(
  room: ApplicationsRoom,
  personId: string,
  draft: OpenDraft,
): Promise<PrefillAnswer> {
  const person = await room.findPerson(personId);
  const { form } = await storedForm(draft.stored.formKey);
  const known: Record<string, string | null | undefined> = {
    'idp.name': person?.name,
    'idp.idNumber': person?.idType === '10' ? person.idNumber : null,
    'idp.phone': person?.phone,
    'firm.name': person?.enterprise?.name,
    'firm.code': person?.enterprise?.code,
  };
  const { matter, _id } = draft.stored;
  const givenAt = room.clock.now();
  let licencesDown = false;
  let held: Awaited<ReturnType<typeof licencesOf>> = [];
  try {
    held = (await licencesOf(room, personId, matter, _id, givenAt)).filter((each) => each.state === 'issued');
    const asker = await askerFor(room, personId, matter, _id, givenAt);
    const types = new Set(
      fieldsIn(form).flatMap(({ prefill }) => (prefill?.startsWith('licence:') ? [typeOf(prefill)] : [])),
    );
    for (const licence of held) {
      if (!asker || !types.has(licence.type)) continue;
      const holder = asker.holder;
      const { fields } = await room.licences!.read(licence.authCode, { ...asker, holder });
      for (const [code, value] of Object.entries(fields)) known[`licence:${licence.type}.${code}`] ??= value;
    }
  } catch (error) {
    if (!(error instanceof GovernmentError)) throw error;
    log.warn({ code: `${error.kind}:${error.code}` }, 'licences could not be read for a form');
    licencesDown = true;
  }
  const answers: Record<string, unknown> = {};
  for (const field of fieldsIn(form)) {
    const value = field.prefill && known[field.prefill];
    if (value && isEmpty(draft.content.answers[field.key]))
      answers[field.key] = kinds.get(field.kind)!.tidy(value);
  }
  const licences = held.map(({ type, code, name, validUntil }) => ({ type, code, name, validUntil }));
  return { answers, licences, licencesDown };
}

const typeOf = (source: string): string => source.slice('licence:'.length).split('.')[0]!;
