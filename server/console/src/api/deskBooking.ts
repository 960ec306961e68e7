import type {
  BookingDays,
  BookingSlots,
  DeskRequest,
  StaffBookingRow,
} from '../../../areas/booking/contract.ts';
import type { MatterList } from '../../../areas/matters/contract.ts';
import { call, get, query } from './client.ts';

export type DeskBooking = (typeof DeskRequest)['_input'];

/** Matters that can be booked in a hall, by a word of their name. */
export const mattersOf = async (
  hall: string,
  q: string,
  signal: AbortSignal,
): Promise<MatterList['matters']> =>
  (await get<MatterList>(`/api/matters${query({ hall, q })}`, { signal })).matters.filter(
    (each) => each.bookable,
  );

/** Days with places left. */
export const daysOf = async (matter: string, hall: string): Promise<BookingDays['days']> =>
  (await get<BookingDays>(`/api/booking/days${query({ matter, hall })}`)).days.filter(
    (each) => each.state === 'open',
  );

/** Times with places left. */
export const slotsOf = async (matter: string, hall: string, date: string): Promise<BookingSlots['slots']> =>
  (await get<BookingSlots>(`/api/booking/slots${query({ matter, hall, date })}`)).slots.filter(
    (each) => each.state === 'open',
  );

export const bookAtDesk = (asked: DeskBooking): Promise<(typeof StaffBookingRow)['_output']> =>
  call('POST', '/api/staff/bookings', asked);
