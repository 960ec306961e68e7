import type { BookingState, StaffBookingRow, StaffBookings } from '../../../areas/booking/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

/** Ends one booking by the hall; the person is told why, and another time is held for them. */
export const cancelBooking = (id: string, reason: string): Promise<void> =>
  call('POST', `/api/staff/bookings/${id}/cancel`, { reason });

export type { BookingState, StaffBookings };
export type BookingRow = (typeof StaffBookingRow)['_output'];

export interface BookingFilter {
  readonly date: string | null;
  readonly hall: string | null;
  readonly q: string;
  readonly page: number;
}

export const findBookings = (filter: BookingFilter, options?: CallOptions): Promise<StaffBookings> =>
  get(`/api/staff/bookings${query({ ...filter })}`, options);
