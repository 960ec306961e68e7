import { GovernmentError } from '../kit/governmentError.ts';

const codes: Readonly<Record<string, string>> = {
  E_AUTHORIZATION: 'noConsent',
  E_LICENSE: 'noLicence',
  E_AUTH_CODE: 'authExpired',
  E_AUTH_ITEM: 'notYours',
};

/** A FAILURE of the service as our error: its own trouble is an outage, an expired token is renewed by the caller. */
export function licenceRefusal(code: string | null, words: string | null): GovernmentError {
  const text = (words ?? '').slice(0, 200);
  if (code === 'E_CLOSED')
    return new GovernmentError('licences', 'closed', text, { code: 'maintenance', notSent: true });
  if (code === null || code === 'E_SYSTEM' || code === 'E_RATE' || code === 'E_TOKEN')
    return new GovernmentError('licences', 'down', text || 'no code came', { code: code ?? 'shape' });
  return new GovernmentError('licences', 'refused', text, { code: codes[code] ?? 'other' });
}
