import { HallError } from '../../kernel/http/hallError.ts';
import { bookingErrors } from './contract.ts';
import { type Booking, bookings } from './model.ts';
import { newest } from './newest.ts';

/** The person's own booking, or one that was made for them, by its id or number. Another person's answers the same 404 as one that never was. */
export async function findOwnBooking(personId: string, idOrNumber: string): Promise<Booking> {
  const which = /^(ZC|GZ)/.test(idOrNumber) ? { number: idOrNumber } : { _id: idOrNumber };
  const mine = { $or: [{ personId }, { 'served.id': personId }] };
  const booking = await bookings().findOne({ ...which, ...mine }, newest());
  if (!booking) throw new HallError(bookingErrors.notFound);
  return booking;
}
