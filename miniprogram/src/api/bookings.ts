import type {
  BookingDays,
  BookingList,
  BookingSlots,
  BookingView,
  HoldRequest,
} from '../../../server/areas/booking/contract.ts';
import { get, post } from './request.ts';

export const loadDays = (matter: string, hall: string): Promise<BookingDays> =>
  get('/api/booking/days', { matter, hall });

export const loadSlots = (matter: string, hall: string, date: string): Promise<BookingSlots> =>
  get('/api/booking/slots', { matter, hall, date });

export const hold = (wish: HoldRequest): Promise<BookingView> => post('/api/bookings', wish);

export const confirm = (id: string): Promise<BookingView> => post(`/api/bookings/${id}/confirm`);

/** Also gives a held place back. */
export const cancel = (id: string, reason?: string): Promise<BookingView> =>
  post(`/api/bookings/${id}/cancel`, reason === undefined ? {} : { reason });

export const loadBooking = (id: string): Promise<BookingView> => get(`/api/bookings/${id}`);

export const loadBookings = (state: 'open' | 'past'): Promise<BookingList> => get('/api/bookings', { state });
