import type { Asked, AuthorisationList, AuthorisationView } from '../../../server/areas/proxies/contract.ts';
import { get, post } from './request.ts';

/** By whom I am let to book for them, whom I let, and the enterprises I book for. */
export const loadAuthorisations = (): Promise<AuthorisationList> => get('/api/authorisations');

/** Asks somebody to let me book for them; the code is told to them and is shown only now. */
export const askAuthorisation = (days: number): Promise<Asked> => post('/api/authorisations', { days });

/** Who asks by this code. */
export const lookAtCode = (code: string): Promise<AuthorisationView> =>
  post('/api/authorisations/code/look', { code });

export const confirmCode = (code: string): Promise<AuthorisationView> =>
  post('/api/authorisations/code/confirm', { code });

export const revoke = (id: string): Promise<AuthorisationView> => post(`/api/authorisations/${id}/revoke`);
