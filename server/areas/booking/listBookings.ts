import type { z } from 'zod';
import type { StaffMember } from '../../kernel/http/route.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import type { BookingState, BookingsQuery, StaffBookings, StaffBookingsQuery } from './contract.ts';
import { type Booking, bookings } from './model.ts';
import { presentRow } from './present.ts';
import type { BookingRoom } from './room.ts';
import { openStates } from './states.ts';

/** A person's bookings: what is to come, soonest first; or what is over, latest first (50). */
export async function listOwnBookings(
  room: BookingRoom,
  personId: string,
  { state }: z.infer<typeof BookingsQuery>,
): Promise<Booking[]> {
  const now = room.clock.now();
  const mine = { $or: [{ personId }, { 'served.id': personId }] };
  if (state === 'open') {
    const rows = await bookings()
      .find({ ...mine, state: { $in: [...openStates] } })
      .sort({ startsAt: 1 })
      .toArray();
    return rows.filter((each) => each.state !== 'held' || each.holdUntil! > now);
  }
  return bookings()
    .find({
      $and: [
        mine,
        { $or: [{ state: { $nin: [...openStates] } }, { state: 'held', holdUntil: { $lte: now } }] },
      ],
    })
    .sort({ startsAt: -1 })
    .limit(50)
    .toArray();
}

export const staffPageSize = 50;

/** The bookings of a day for staff: masked, in the order of the day, only of the halls they work in. */
export async function listStaffBookings(
  room: BookingRoom,
  staff: Pick<StaffMember, 'hallIds'>,
  query: z.infer<typeof StaffBookingsQuery>,
): Promise<StaffBookings> {
  const date = query.date ?? localDayOf(room.clock.now());
  const halls = query.hall ? [query.hall] : null;
  const allowed = staff.hallIds.length > 0 ? staff.hallIds : null;
  const hallIds = halls && allowed ? halls.filter((id) => allowed.includes(id)) : (halls ?? allowed);
  const filter = {
    date,
    number: { $type: 'string' as const },
    ...(hallIds && { hallId: { $in: [...hallIds] } }),
    ...(query.q && { $or: searchFor(query.q) }),
  };
  const [rows, grouped] = await Promise.all([
    bookings()
      .find(filter)
      .sort({ start: 1, number: 1 })
      .skip((query.page - 1) * staffPageSize)
      .limit(staffPageSize)
      .toArray(),
    bookings()
      .aggregate<{ _id: { state: BookingState; start: string }; count: number }>([
        { $match: filter },
        { $group: { _id: { state: '$state', start: '$start' }, count: { $sum: 1 } } },
      ])
      .toArray(),
  ]);
  const people = await room.findPeople([...new Set(rows.map((each) => each.personId))]);
  const byId = new Map(people.map((each) => [each.id, each]));
  const count = (...states: string[]): number =>
    grouped.filter((each) => states.includes(each._id.state)).reduce((sum, each) => sum + each.count, 0);
  return {
    date,
    rows: rows.map((each) => presentRow(each, byId.get(each.personId))),
    total: grouped.reduce((sum, each) => sum + each.count, 0),
    counts: {
      booked: count('booked', 'checkedIn', 'serving'),
      cancelled: count('cancelled', 'cancelledByHall', 'rescheduled'),
      done: count('done'),
      noShow: count('noShow'),
    },
    starts: visitsByStart(grouped),
  };
}

const givenBack: readonly BookingState[] = ['cancelled', 'cancelledByHall', 'rescheduled', 'expired'];

function visitsByStart(
  grouped: readonly { _id: { state: BookingState; start: string }; count: number }[],
): StaffBookings['starts'] {
  const counts = new Map<string, number>();
  for (const { _id, count } of grouped) {
    if (!givenBack.includes(_id.state)) counts.set(_id.start, (counts.get(_id.start) ?? 0) + count);
  }
  return [...counts].map(([start, count]) => ({ start, count })).sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** By number, matter or hall. Names and telephones are encrypted, and not searched here. */
function searchFor(text: string): Record<string, unknown>[] {
  const words = { $regex: text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
  return [{ number: words }, { matterName: words }, { hallName: words }];
}
