import type { ApplicationsRoom } from './room.ts';

type Keys = Pick<ApplicationsRoom, 'cipher'>;

/** What a citizen typed, as one encrypted text that opens only at its own place. */
export const seal = ({ cipher }: Keys, value: unknown, place: string): string =>
  cipher.encrypt(JSON.stringify(value), place);

export const open = <T>({ cipher }: Keys, sealed: string, place: string): T =>
  JSON.parse(cipher.decrypt(sealed, place)) as T;

export const draftPlace = (id: string): string => `applications.draft/${id}`;
export const casePlace = (id: string): string => `applications.case/${id}`;
export const codePlace = (id: string): string => `applications.queryCode/${id}`;
export const sendPlace = (key: string): string => `applications.send/${key}`;
