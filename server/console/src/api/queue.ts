import type { HallView } from '../../../areas/halls/contract.ts';
import type {
  DisplayView,
  HelpList,
  HelpView,
  SittingList,
  StaffQueue,
  StaffTicket as StaffTicketShape,
  TicketAction,
  WindowView,
} from '../../../areas/queue/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { DisplayView, HallView, HelpView, SittingList, StaffQueue, TicketAction, WindowView };
export type StaffTicket = (typeof StaffTicketShape)['_output'];

export const readHall = (id: string, options?: CallOptions): Promise<HallView> =>
  get(`/api/halls/${encodeURIComponent(id)}`, options);

export const readQueue = (hall: string, options?: CallOptions): Promise<StaffQueue> =>
  get(`/api/staff/queue${query({ hall })}`, options);

export interface WindowAt {
  readonly hall: string;
  readonly number: string;
}

const at = ({ hall, number }: WindowAt): string =>
  `/api/staff/halls/${encodeURIComponent(hall)}/windows/${encodeURIComponent(number)}`;

export const readWindow = (window: WindowAt, options?: CallOptions): Promise<WindowView> =>
  get(at(window), options);
export const openWindow = (window: WindowAt, groups?: readonly string[]): Promise<WindowView> =>
  call('POST', `${at(window)}/open`, groups ? { groups } : {});
export const closeWindow = (window: WindowAt): Promise<WindowView> => call('POST', `${at(window)}/close`, {});
export const callNext = (window: WindowAt): Promise<WindowView> => call('POST', `${at(window)}/call`, {});
export const actOnTicket = (window: WindowAt, ticket: string, action: TicketAction): Promise<WindowView> =>
  call('POST', `${at(window)}/tickets/${ticket}`, action);

export const addKiosk = (hall: string, name: string): Promise<{ id: string; token: string }> =>
  call('POST', '/api/staff/kiosks', { hall, name });
export const lockKiosk = (id: string, locked: boolean): Promise<void> =>
  call('POST', `/api/staff/kiosks/${id}/lock`, { locked });
export const readHallQr = (hall: string, options?: CallOptions): Promise<{ text: string }> =>
  get(`/api/staff/halls/${encodeURIComponent(hall)}/check-in-qr`, options);

/** The hall's own screen, open to everybody; `screen` makes it a sign of life. */
export const readDisplay = (
  hall: string,
  asked: { readonly zone: string | null; readonly screen: string },
  options?: CallOptions,
): Promise<DisplayView> => get(`/api/queue/display/${encodeURIComponent(hall)}${query(asked)}`, options);

export const callHelp = (window: WindowAt, kind: HelpView['kind']): Promise<HelpView> =>
  call('POST', `${at(window)}/help`, { kind });
export const readHelp = (options?: CallOptions): Promise<HelpList> => get('/api/staff/help', options);
export const answerHelp = (id: string, answer: 'take' | 'over'): Promise<void> =>
  call('POST', `/api/staff/help/${id}`, { do: answer });
export const readSittings = (window: WindowAt, options?: CallOptions): Promise<SittingList> =>
  get(`${at(window)}/history`, options);
