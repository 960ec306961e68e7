import type { KioskView, PaperTicket } from '../../../areas/queue/contract.ts';
import { call } from './client.ts';

export type { KioskView, PaperTicket };

/** A ticket machine proves itself by its token, not by a session. */
const withToken = (token: string): { headers: Record<string, string> } => ({ headers: { 'x-kiosk': token } });

export const readKiosk = (token: string, signal?: AbortSignal): Promise<KioskView> =>
  call('GET', '/api/kiosk', undefined, { ...withToken(token), ...(signal ? { signal } : {}) });

/** One press is one ticket: the same `requestId` answers the same one. */
export const takeTicket = (
  token: string,
  asked: { group: string; priority: boolean; requestId: string },
): Promise<PaperTicket> => call('POST', '/api/kiosk/tickets', asked, withToken(token));

export const checkInAt = (token: string, code: string): Promise<PaperTicket> =>
  call('POST', '/api/kiosk/check-in', { code }, withToken(token));
