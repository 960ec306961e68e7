import { dayLabel } from '../../kernel/localDay.ts';
import { matterOf, pageOf, placeOf } from '../booking/bookingNotices.ts';
import { listOwnBookings } from '../booking/listBookings.ts';
import type { BookingRoom } from '../booking/room.ts';
import { bookingLookup, type Lookup } from './lookup.ts';

/** 「预约」 in the chat: the person's next confirmed booking. */
export const nextBookingLookup = (booking: BookingRoom): Lookup =>
  bookingLookup(async (personId) => {
    const open = await listOwnBookings(booking, personId, { state: 'open' });
    const next = open.find(({ state, startsAt }) => state === 'booked' && startsAt >= booking.clock.now());
    if (!next) return null;
    return {
      matter: matterOf(next),
      when: `${dayLabel(next.date)} ${next.start}`,
      place: placeOf(next),
      number: next.number ?? '',
      page: pageOf(next),
    };
  });
