import type {
  CheckInRequest,
  HallQueue,
  TicketList,
  TicketView,
} from '../../../server/areas/queue/contract.ts';
import { get, post } from './request.ts';

/** Turns a booking into a ticket; again, it answers the same ticket. */
export const checkIn = (asked: (typeof CheckInRequest)['_output']): Promise<TicketView> =>
  post('/api/queue/check-in', asked);

export const loadTicket = (id: string): Promise<TicketView> => get(`/api/queue/tickets/${id}`);

/** Today's tickets of the person, those that are over too, newest first. */
export const loadTickets = (): Promise<TicketList> => get('/api/queue/tickets');

export const leaveQueue = (id: string): Promise<TicketView> => post(`/api/queue/tickets/${id}/leave`);

export const loadHallQueue = (hall: string): Promise<HallQueue> =>
  get(`/api/queue/halls/${encodeURIComponent(hall)}`);
