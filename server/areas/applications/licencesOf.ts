import type { LicenceAsker, LicenceSummary } from '../../government/licences/port.ts';
import type { MatterFacts } from './model.ts';
import type { ApplicationsRoom } from './room.ts';

/** Of the words shown before licences are read; written into the audit of the licence service. */
export const consentVersion = '2026-11';

/** Who asks the licence service, for what; null without a service or a real name. */
export async function askerFor(
  room: ApplicationsRoom,
  personId: string,
  matter: MatterFacts,
  ourNumber: string,
  givenAt: Date,
): Promise<LicenceAsker | null> {
  const person = await room.findPerson(personId);
  if (!room.licences || !person?.idNumber) return null;
  return {
    actor: { kind: 'citizen', id: personId },
    holder: { idType: '111', idNumber: person.idNumber },
    purpose: { matterCode: matter.code, matterName: matter.name, ourNumber },
    consent: { textVersion: consentVersion, givenAt },
  };
}

/** The person's licences for this purpose, and their firm's. They are not kept. Throws GovernmentError. */
export async function licencesOf(
  room: ApplicationsRoom,
  personId: string,
  matter: MatterFacts,
  ourNumber: string,
  givenAt: Date,
): Promise<readonly LicenceSummary[]> {
  const asker = await askerFor(room, personId, matter, ourNumber, givenAt);
  if (!asker || !room.licences) return [];
  const person = await room.findPerson(personId);
  const own = await room.licences.held(asker);
  if (!person?.enterprise) return own;
  const holder = { idType: '001' as const, idNumber: person.enterprise.code };
  return [...own, ...(await room.licences.held({ ...asker, holder }))];
}
