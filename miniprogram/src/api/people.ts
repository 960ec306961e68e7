import type { PersonView } from '../../../server/areas/people/contract.ts';
import { get, post, put } from './request.ts';

export const loadPerson = (): Promise<PersonView> => get('/api/me');

export const savePreferences = (preferences: { seniorMode: boolean }): Promise<unknown> =>
  put('/api/me/preferences', preferences);

export const startIdentity = (returnTo: string): Promise<{ url: string }> =>
  post('/api/identity/start', { returnTo });

export const signOut = (): Promise<void> => post('/api/sign-out');
