import type { BookingView } from '../../../server/areas/booking/contract.ts';

/** The browser fetches the file and offers it to the phone's calendar. */
export async function addToCalendar(booking: BookingView): Promise<boolean> {
  window.location.href = `/api/bookings/${booking.id}/calendar.ics`;
  return true;
}
