import { CounterModel } from '../../booking/counterModel.ts';
import { ledgers } from '../../booking/ledgerModel.ts';
import { type Booking, bookings } from '../../booking/model.ts';
import type { BookingRules } from '../../booking/settings.ts';
import { type Slot, slots } from '../../booking/slotModel.ts';
import { type BookingEvent, isOpen, move as moveBooking } from '../../booking/states.ts';
import { type Wait, waits } from '../../booking/waitModel.ts';
import { NoticeModel } from '../../notices/model.ts';
import { tickets } from '../model.ts';
import { type TicketEvent, ticketStateAfter, ticketStatesBefore } from '../states.ts';
import { windows } from '../windowModel.ts';

/** What a slot must be at every instant, also in the middle of everything (I1). */
export function slotProblems(slot: Slot): string[] {
  const problems: string[] = [];
  const held = slot.holders.reduce((sum, each) => sum + each.units, 0);
  const cooling = slot.cooling.reduce((sum, each) => sum + each.units, 0);
  if (slot.left < 0) problems.push(`I1: ${slot._id} has ${slot.left} left`);
  if (slot.left + held + cooling !== slot.capacity) {
    problems.push(
      `I1: ${slot._id}: ${slot.left} left + ${held} held + ${cooling} cooling of ${slot.capacity}`,
    );
  }
  if (new Set(slot.holders.map((each) => each.bookingId)).size !== slot.holders.length) {
    problems.push(`I1: ${slot._id} is held twice by one booking`);
  }
  return problems;
}

/**
 * Everything that must hold when nothing is under way, counted from the documents themselves. `now` is the clock of all
 * processes. An empty list: I1, I2, I3, I4 and I6 hold.
 */
export async function findProblems(
  now: Date,
  rules: Pick<BookingRules, 'quota' | 'waitlist'>,
): Promise<string[]> {
  const [allSlots, allBookings, allLedgers, allTickets, allWindows, counters, notices, allWaits] =
    await Promise.all([
      slots().find({}).toArray(),
      bookings().find({}).toArray(),
      ledgers().find({}).toArray(),
      tickets().find({}).toArray(),
      windows().find({}).toArray(),
      CounterModel.find({}).lean(),
      NoticeModel.find({}).lean(),
      waits().find({}).toArray(),
    ]);
  const problems = allSlots.flatMap(slotProblems);
  const say = (wrong: boolean, text: string): void => {
    if (wrong) problems.push(text);
  };
  const byId = new Map(allBookings.map((each) => [each._id, each]));
  const slotOf = new Map(allSlots.map((each) => [each._id, each]));
  const live = (each: Booking): boolean =>
    isOpen(each.state) && (each.state !== 'held' || each.holdUntil! > now);

  for (const booking of allBookings) {
    const holder = slotOf.get(booking.slotId)?.holders.find((each) => each.bookingId === booking._id);
    say(live(booking) && !holder, `I1: ${booking.state} ${booking._id} has no place`);
    say(
      booking.state === 'booked' && holder?.until !== null,
      `I1: ${booking._id} is booked and its place ends`,
    );
    problems.push(...historyProblems(booking));
    const told = notices.filter(
      (each) => each.kind === 'booking.confirmed' && each.page?.includes(booking._id),
    );
    const confirmed = booking.history.some((each) => each.event === 'confirm');
    say(
      told.length !== (confirmed ? 1 : 0),
      `${booking._id}: confirmed ${confirmed}, told ${told.length} times`,
    );
  }
  for (const slot of allSlots) {
    for (const { bookingId, until } of slot.holders) {
      const booking = byId.get(bookingId);
      const kept = booking && (isOpen(booking.state) || ['done', 'noShow'].includes(booking.state));
      const left = booking?.history.some((each) => each.event === 'leave');
      say(!kept && !left && !(until && until > now), `I1: ${slot._id} is held by nobody (${booking?.state})`);
    }
  }
  for (const personId of new Set(allWaits.map((each) => each.personId))) {
    const open = allWaits.filter((each) => each.personId === personId && each.open).length;
    say(open > rules.waitlist.perPerson, `I2: ${personId} waits ${open} times`);
  }
  for (const personId of new Set(allBookings.map((each) => each.personId))) {
    const mine = allBookings.filter((each) => each.personId === personId && live(each));
    say(mine.length > rules.quota.open, `I2: ${personId} has ${mine.length} open`);
    for (const day of new Set(mine.map((each) => each.date))) {
      const that = mine.filter((each) => each.date === day);
      say(that.length > rules.quota.perDay, `I2: ${personId} has ${that.length} on ${day}`);
      say(
        new Set(that.map((each) => each.matterId)).size < that.length,
        `I2: ${personId} has a matter twice`,
      );
    }
    const claims = allLedgers.find((each) => each._id === personId)?.claims ?? [];
    const counted = claims
      .filter((each) => each.until === null || each.until > now)
      .map((each) => each.bookingId);
    say(
      counted.sort().join() !==
        mine
          .map((each) => each._id)
          .sort()
          .join(),
      `I2: the ledger of ${personId} counts ${counted.length} of ${mine.length}`,
    );
  }
  for (const problem of waitProblems(allWaits, allSlots, byId)) say(true, problem);
  for (const { _id, last } of counters) {
    const [kind, day] = _id.split(' ');
    if (kind !== 'booking') continue;
    const numbers = allBookings.flatMap((each) =>
      each.date === day && each.number ? [Number(each.number.slice(8))] : [],
    );
    say(new Set(numbers).size !== last || Math.max(...numbers) !== last, `numbers of ${day} are not dense`);
  }
  for (const booking of allBookings) {
    const its = allTickets.filter((each) => each.bookingId === booking._id);
    const came = booking.history.some((each) => each.event === 'checkIn');
    say(its.length !== (came ? 1 : 0), `I3: ${booking._id} checked in ${came}, ${its.length} tickets`);
  }
  for (const prefix of new Set(allTickets.map((each) => `${each.hallId} ${each.day} ${each.prefix}`))) {
    const numbers = allTickets
      .filter((each) => `${each.hallId} ${each.day} ${each.prefix}` === prefix)
      .map((each) => each.number);
    say(
      Math.max(...numbers) !== numbers.length || new Set(numbers).size !== numbers.length,
      `I3: ${prefix}: ${numbers}`,
    );
  }
  for (const ticket of allTickets) {
    const at = allWindows.filter((each) => each.ticketId === ticket._id);
    const shown = ticket.state === 'called' || ticket.state === 'serving';
    say(at.length !== (shown ? 1 : 0), `I4: ${ticket.label} is ${ticket.state} at ${at.length} windows`);
    let state = 'waiting' as (typeof ticket)['state'];
    for (const change of ticket.history.slice(1)) {
      const event = change.event as TicketEvent;
      say(!ticketStatesBefore(event).includes(state), `I6: ${ticket.label}: ${event} from ${state}`);
      state = ticketStateAfter(event);
    }
    say(state !== ticket.state, `I6: ${ticket.label} is ${ticket.state}, its events say ${state}`);
  }
  return problems;
}

/** The lines of the slots and the waits say the same; an offer is a hold, and its end is the hold's. */
function waitProblems(
  all: readonly Wait[],
  allSlots: readonly Slot[],
  bookingOf: ReadonlyMap<string, Booking>,
): string[] {
  const problems: string[] = [];
  const inLine = allSlots.flatMap((slot) => slot.waiting.map(({ entryId }) => entryId));
  const byId = new Map(all.map((each) => [each._id, each]));
  for (const id of inLine) {
    if (byId.get(id)?.state !== 'waiting') problems.push(`${id} is in line and ${byId.get(id)?.state}`);
  }
  for (const wait of all) {
    if (wait.state === 'waiting' && !inLine.includes(wait._id)) problems.push(`${wait._id} waits in no line`);
    if (wait.open !== ['waiting', 'offered'].includes(wait.state))
      problems.push(`${wait._id} is ${wait.open}`);
    const booking = wait.bookingId ? bookingOf.get(wait.bookingId) : undefined;
    const told = booking?.history.map((each) => each.event) ?? [];
    const wanted = {
      ...{ waiting: !booking, left: !booking, offered: booking?.state === 'held' },
      ...{
        accepted: told.includes('confirm'),
        declined: told.includes('cancel') && !told.includes('confirm'),
      },
      ...{ passed: told.includes('expire'), closed: !booking || told.includes('closeHall') },
    }[wait.state];
    if (!wanted) problems.push(`I6: ${wait._id} is ${wait.state}, its hold went ${told.join(' ')}`);
    if (wait.history.some((each) => !each.by || !each.at)) problems.push(`I6: ${wait._id} changed by nobody`);
  }
  return problems;
}

/** Each change followed the graph, and has who and when (I6). */
function historyProblems(booking: Booking): string[] {
  const [first, ...rest] = booking.history;
  let state = first?.to ?? 'held';
  try {
    for (const change of rest) {
      if (!change.by || !change.at) return [`I6: ${booking._id}: ${change.event} by nobody`];
      state = moveBooking(state, change.event as BookingEvent);
    }
  } catch (error) {
    return [`I6: ${(error as Error).message}`];
  }
  return state === booking.state ? [] : [`I6: ${booking._id} is ${booking.state}, its events say ${state}`];
}
