import { useSyncExternalStore } from 'react';
import type { PersonView } from '../../../server/areas/people/contract.ts';
import { loadPerson, savePreferences, signOut } from '../api/people.ts';
import { signIn } from '../platform/signIn';
import { forget, recall, remember } from '../platform/storage.ts';
import { dropAllUnsent } from '../platform/unsent.ts';

interface Known {
  readonly person: PersonView | null;
  readonly senior: boolean;
}

let known: Known = { person: null, senior: recall('senior') === '1' };
const listeners = new Set<() => void>();

function change(next: Partial<Known>): void {
  known = { ...known, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const read = (): Known => known;

/** The signed-in person as last heard from the hall; null before that or when nobody is. */
export const usePerson = (): PersonView | null => useSyncExternalStore(subscribe, read, read).person;

/** Large type and fewer choices (长辈版). */
export const useSenior = (): boolean => useSyncExternalStore(subscribe, read, read).senior;

/** Asks the hall who is here; the choice of large type follows the person from phone to phone. */
export async function refreshPerson(): Promise<PersonView> {
  const person = await loadPerson();
  remember('senior', person.seniorMode ? '1' : '0');
  change({ person, senior: person.seniorMode });
  return person;
}

/** Takes effect at once; kept by the hall when somebody is signed in, else by this device only. */
export async function setSenior(seniorMode: boolean): Promise<void> {
  remember('senior', seniorMode ? '1' : '0');
  change({ senior: seniorMode, person: known.person && { ...known.person, seniorMode } });
  if (known.person) await savePreferences({ seniorMode });
}

/** Ends the session here; nothing signs in again on this device until the person asks for it. */
export async function leave(): Promise<void> {
  await signOut();
  forget('session');
  dropAllUnsent();
  remember('signedOut', '1');
  change({ person: null });
}

/** The person asked to sign in. Answers whether it worked (on h5 the page leaves for WeChat instead). */
export async function enter(): Promise<boolean> {
  forget('signedOut');
  return signIn({ asked: true });
}
