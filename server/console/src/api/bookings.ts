import type {
  BookingState,
  ClosureView,
  StaffBookingRow,
  StaffBookings,
} from '../../../areas/booking/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { BookingState, ClosureView, StaffBookings };
export type BookingRow = (typeof StaffBookingRow)['_output'];

export interface BookingFilter {
  readonly date: string | null;
  readonly hall: string | null;
  readonly q: string;
  readonly page: number;
}

export const findBookings = (filter: BookingFilter, options?: CallOptions): Promise<StaffBookings> =>
  get(`/api/staff/bookings${query({ ...filter })}`, options);

export interface Closure {
  readonly hall: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Told to citizens in 14 characters. */
  readonly reason: string;
}
/** Whom a closure would hit; nothing happens yet. */
export const previewClosure = (closure: Closure): Promise<ClosureView> =>
  call('POST', '/api/staff/closures/preview', closure);
export const closeHall = (closure: Closure): Promise<ClosureView> =>
  call('POST', '/api/staff/closures', closure);
