import type {
  BookingDays,
  BookingList,
  BookingSlots,
  BookingView,
  HoldRequest,
  RescheduleRequest,
  StandingView,
  WaitList,
  WaitRequest,
  WaitView,
} from '../../../server/areas/booking/contract.ts';
import { get, post } from './request.ts';

export const loadDays = (matter: string, hall: string): Promise<BookingDays> =>
  get('/api/booking/days', { matter, hall });

export const loadSlots = (matter: string, hall: string, date: string): Promise<BookingSlots> =>
  get('/api/booking/slots', { matter, hall, date });

export const hold = (wish: HoldRequest): Promise<BookingView> => post('/api/bookings', wish);

/** `priority`: a group the hold offers. */
export const confirm = (id: string, priority?: string): Promise<BookingView> =>
  post(`/api/bookings/${id}/confirm`, priority ? { priority } : {});

/** Also gives a held place back. */
export const cancel = (id: string, reason?: string): Promise<BookingView> =>
  post(`/api/bookings/${id}/cancel`, reason === undefined ? {} : { reason });

export const loadBooking = (id: string): Promise<BookingView> => get(`/api/bookings/${id}`);

export const loadBookings = (state: 'open' | 'past'): Promise<BookingList> => get('/api/bookings', { state });

/** Another time for the same visit; the old place is kept until the new one is won. */
export const reschedule = (id: string, wish: (typeof RescheduleRequest)['_output']): Promise<BookingView> =>
  post(`/api/bookings/${id}/reschedule`, wish);

/** The line for a full slot, or without a start for any time of a full day. */
export const joinWait = (wish: WaitRequest): Promise<WaitView> => post('/api/booking/waits', wish);

export const loadWaits = (): Promise<WaitList> => get('/api/booking/waits');

export const leaveWait = (id: string): Promise<WaitView> => post(`/api/booking/waits/${id}/leave`);

/** What counts against the person, and whether booking is paused. */
export const loadStanding = (): Promise<StandingView> => get('/api/booking/standing');

export const appeal = (bookingId: string, reason: string): Promise<StandingView> =>
  post(`/api/bookings/${bookingId}/appeal`, { reason });
