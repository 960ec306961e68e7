import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { tellBooking } from './bookingNotices.ts';
import { checkSlot } from './checkSlot.ts';
import { readLedger, writeLedger } from './claimQuota.ts';
import { bookingErrors, type ClosureView } from './contract.ts';
import { findPlace, type Place, planFor } from './findPlace.ts';
import { winPlace } from './holdSlot.ts';
import { horizonAt } from './horizon.ts';
import type { Ledger } from './ledgerModel.ts';
import { ledgerOf } from './ledgerOf.ts';
import { type Booking, bookings } from './model.ts';
import { matterIdsOf, newBooking, standsFor } from './newBooking.ts';
import { presentRow } from './present.ts';
import { activeClaims, decideQuota } from './quota.ts';
import type { BookingRoom } from './room.ts';
import { type PlannedSlot, planDay } from './schedule.ts';
import { serveWaitlist } from './serveWaitlist.ts';
import { groupKeyOf, slotIdOf, slots } from './slotModel.ts';
import { stateAfter, statesBefore } from './states.ts';
import { givePlaceBack, openSlots } from './takePlace.ts';
import { settleOffer } from './waitModel.ts';

export interface Closing {
  readonly hall: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** An offer after a closure is kept so long: the message may be read in the evening. */
const offerHours = 24;

/**
 * Closes a hall for a day or a part of it (a typhoon, a system upgrade). The slots are closed first, those that nobody
 * had asked for too, so that nothing can be booked any more; then each booking hit is cancelled without a strike, a new
 * place is held for it for 24 hours, and the person is told, all in one transaction each. Safe to run again after a crash:
 * what is done is done. Error: 404 booking.hall_unknown.
 */
export async function closeHall(room: BookingRoom, closing: Closing, by: string): Promise<ClosureView> {
  await shutSlots(room, closing);
  await sendWaitingAway(room, closing);
  const hit = await bookingsHit(closing);
  let offered = 0;
  for (const booking of hit) if (await moveAway(room, booking, closing, by)) offered += 1;
  return view(room, closing, hit, { offered, withoutOffer: hit.length - offered });
}

/** Whom a closure would hit; changes nothing. */
export async function previewClosure(room: BookingRoom, closing: Closing): Promise<ClosureView> {
  const hit = await bookingsHit(closing);
  return view(room, closing, hit, { offered: 0, withoutOffer: 0 });
}

const bookingsHit = ({ hall, date, from, to }: Closing): Promise<Booking[]> =>
  bookings()
    .find({
      hallId: hall,
      date,
      state: { $in: [...statesBefore('closeHall')] },
      start: { $lt: to },
      end: { $gt: from },
    })
    .sort({ bookedAt: 1, _id: 1 })
    .toArray();

async function shutSlots(
  room: BookingRoom,
  { hall: hallId, date, from, to, reason }: Closing,
): Promise<void> {
  const hall = await room.findHall(hallId);
  if (!hall) throw new HallError(bookingErrors.hallUnknown);
  const inside = (each: PlannedSlot): boolean => each.start < to && each.end > from;
  for (const zone of hall.zones) {
    for (const group of new Set(zone.windows.map((each) => each.group))) {
      const where = { zone: zone.code, group };
      const planned = planDay(hall, where, date, room.calendar, room.rules).slots.filter(inside);
      const groupKey = groupKeyOf(hallId, zone.code, group);
      await openSlots(room, { hallId, zone: zone.code, group, day: date, groupKey }, planned, reason);
    }
  }
  await slots().updateMany(
    { day: date, hallId, start: { $lt: to }, end: { $gt: from } },
    { $set: { closed: reason } },
  );
}

/** Who waits for a time that is closed now is told so. */
async function sendWaitingAway(room: BookingRoom, { hall, date }: Closing): Promise<void> {
  const waited = slots().find({
    day: date,
    hallId: hall,
    closed: { $ne: null },
    'waiting.0': { $exists: true },
  });
  for await (const { _id } of waited) await serveWaitlist(room, _id);
}

/** Opens a closed day again; bookings that were cancelled stay so. */
export async function reopenHall({ hall, date }: Pick<Closing, 'hall' | 'date'>): Promise<void> {
  await slots().updateMany({ day: date, hallId: hall }, { $set: { closed: null } });
}

/** Cancels one booking of the closure, with a place held elsewhere in time if there is one. Answers whether there is. */
export async function moveAway(
  room: BookingRoom,
  old: Booking,
  closing: Pick<Closing, 'date' | 'reason'>,
  by: string,
  offering = true,
): Promise<boolean> {
  const now = room.clock.now();
  const known = !old.visitor; // a stranger cannot take an offer up
  const offer = offering && known && old.state === 'booked' ? await findOffer(room, old, closing, now) : null;
  const outcome = await inTransaction((session) =>
    cancelByHall(room, old, offer, { closing, by, now }, session),
  );
  if (offer && outcome !== 'offered') await giveBackOffer(offer);
  return outcome === 'offered';
}

const giveBackOffer = (offer: Booking): Promise<boolean> =>
  givePlaceBack(offer.slotId, { ...offer, bookingId: offer._id }, null);

/** The next free time of the same matters in the same hall, held; null where nothing is free within the horizon. */
async function findOffer(
  room: BookingRoom,
  old: Booking,
  closing: Pick<Closing, 'date' | 'reason'>,
  now: Date,
): Promise<Booking | null> {
  const place = await findPlace(room, matterIdsOf(old), old.hallId).catch(() => null);
  if (!place) return null;
  const { through } = horizonAt(now, old.hallId, room.calendar, room.rules, room.secret);
  const taken = activeClaims(await readLedger(ledgerOf(old)), now)
    .filter((each) => each.bookingId !== old._id)
    .map((each) => each.day);
  const until = new Date(now.getTime() + offerHours * 3600_000);
  const [, first] = [localDayOf(now), closing.date].sort();
  for (let day = first!; day <= through; day = addDays(day, 1)) {
    if (taken.includes(day)) continue;
    for (const slot of bySimilarity(planFor(room, place, day).slots, old.start)) {
      const offer = await tryOffer(room, old, place, day, slot, until, now);
      if (offer) return offer;
    }
  }
  return null;
}

/** The time of day they had chosen first. */
const bySimilarity = (planned: readonly PlannedSlot[], start: string): PlannedSlot[] =>
  [...planned].sort(
    (a, b) => Number(b.start === start) - Number(a.start === start) || (a.start < b.start ? -1 : 1),
  );

async function tryOffer(
  room: BookingRoom,
  old: Booking,
  place: Place,
  day: string,
  slot: PlannedSlot,
  until: Date,
  now: Date,
): Promise<Booking | null> {
  const id = newId();
  const slotId = slotIdOf(place.groupKey, day, slot.start);
  if (slotId === old.slotId) return null;
  const { personId, channel } = old;
  const { units, scarce } = place;
  try {
    checkSlot(room, place, day, slot.start);
    const holder = { bookingId: id, personId: ledgerOf(old), matterId: old.matterId, units, scarce, until };
    const won = await winPlace(room, { place, date: day, slot, slotId }, holder);
    if (won.bookingId !== id) return null;
  } catch (error) {
    if (error instanceof HallError) return null;
    throw error;
  }
  const booking = newBooking({ id, personId, place, date: day, slot, slotId, until, now, channel });
  return { ...booking, ...standsFor(old), replaces: old._id };
}

async function cancelByHall(
  room: BookingRoom,
  old: Booking,
  found: Booking | null,
  {
    closing,
    by,
    now,
  }: { readonly closing: Pick<Closing, 'date' | 'reason'>; readonly by: string; readonly now: Date },
  session: ClientSession,
): Promise<'changed' | 'cancelled' | 'offered'> {
  const to = stateAfter('closeHall');
  const ledger = await readLedger(ledgerOf(old), session);
  const offer = found && fits(room, ledger, found, old, now) ? found : null;
  const booking = await bookings().findOneAndUpdate(
    { _id: old._id, state: old.state },
    {
      $set: { state: to, holdUntil: null, replacedBy: offer?._id ?? null },
      $push: { history: { at: now, by, event: 'closeHall', to, why: closing.reason } },
    },
    { session, returnDocument: 'after' },
  );
  if (!booking) return 'changed';
  await givePlaceBack(old.slotId, { ...old, bookingId: old._id }, null, session);
  if (booking.waitId) {
    await settleOffer(booking.waitId, 'closed', { at: now, by, why: closing.reason }, session);
  }
  const rest = ledger.claims.filter((each) => each.bookingId !== old._id);
  const claim = offer && {
    bookingId: offer._id,
    matterIds: matterIdsOf(offer),
    day: offer.date,
    slotId: offer.slotId,
    until: offer.holdUntil,
  };
  await writeLedger(ledger, { claims: claim ? [...rest, claim] : rest }, session);
  if (offer) await bookings().insertOne(offer, { session });
  if (old.state === 'booked') {
    await room.city?.cancel(booking, session);
    const [, month, day] = offer?.date.split('-') ?? [];
    const where = offer ? `，为您留${Number(month)}月${Number(day)}日` : '，请重新预约';
    await tellBooking(booking, 'booking.cancelledByHall', now, session, {
      reason: `${closing.reason}${where}`.slice(0, 20),
    });
  }
  return offer ? 'offered' : 'cancelled';
}

/** Has the person meanwhile booked something that leaves no room for the offer? A pause does not stand in its way. */
function fits(room: BookingRoom, ledger: Ledger, offer: Booking, old: Booking, now: Date): boolean {
  const wanted = { matterIds: matterIdsOf(offer), day: offer.date };
  return decideQuota({ ...ledger, pausedUntil: null }, wanted, now, room.rules, old._id) === null;
}

async function view(
  room: BookingRoom,
  closing: Closing,
  hit: readonly Booking[],
  counts: { readonly offered: number; readonly withoutOffer: number },
): Promise<ClosureView> {
  const people = await room.findPeople([...new Set(hit.map((each) => each.personId))]);
  const byId = new Map(people.map((each) => [each.id, each]));
  return {
    ...closing,
    hit: hit.map((each) => presentRow(each, byId.get(each.personId))),
    ...counts,
  };
}
