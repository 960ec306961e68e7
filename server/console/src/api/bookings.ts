import type { BookingState, StaffBookingRow, StaffBookings } from '../../../areas/booking/contract.ts';
import { type CallOptions, get, query } from './client.ts';

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
