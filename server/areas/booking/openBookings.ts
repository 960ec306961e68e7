import { inTransaction } from '../../kernel/database.ts';
import type { CityChannel } from './cityChannel.ts';
import { bookings } from './model.ts';

export interface OpenBooking {
  readonly number: string;
  /** Makes it known to the other channels, if it is still booked and of concern to them. Answers whether it was. */
  send(channel: CityChannel): Promise<boolean>;
}

/** What is booked for a day in a hall, for the comparison with other channels. */
export async function openBookingsOf(hallId: string, date: string): Promise<OpenBooking[]> {
  const rows = await bookings().find({ hallId, date, state: 'booked' }).toArray();
  return rows.map((row) => ({
    number: row.number!,
    send: (channel) =>
      inTransaction(async (session) => {
        const booking = await bookings().findOne({ _id: row._id, state: 'booked' }, { session });
        return booking !== null && (await channel.order(booking, session));
      }),
  }));
}
