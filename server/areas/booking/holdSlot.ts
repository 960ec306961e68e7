import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { checkSlot, dayClosed } from './checkSlot.ts';
import { claimQuota, readLedger } from './claimQuota.ts';
import { bookingErrors, type HoldRequest } from './contract.ts';
import { findPlace, type Place } from './findPlace.ts';
import { fullSlots } from './fullSlots.ts';
import type { Claim } from './ledgerModel.ts';
import { type Booking, bookings, type Served } from './model.ts';
import { newBooking } from './newBooking.ts';
import { newest } from './newest.ts';
import { activeClaims, decideQuota } from './quota.ts';
import type { BookingRoom } from './room.ts';
import type { PlannedSlot } from './schedule.ts';
import { serveWaitlist } from './serveWaitlist.ts';
import { type Holder, slotIdOf, slots } from './slotModel.ts';
import { sweepSlot } from './sweepHolds.ts';
import { givePlaceBack, openSlots, reopenCooled, takePlace } from './takePlace.ts';

interface Asked {
  readonly personId: string;
  readonly request: HoldRequest;
  readonly date: string;
  readonly place: Place;
  readonly slot: PlannedSlot;
  readonly slotId: string;
  readonly channel: string;
  readonly served: Served | null;
  /** Whose quota it counts in. */
  readonly ledgerId: string;
  readonly more: ByOthers;
}

/** A hold that somebody else asks for: who does, and who comes where that is nobody with an account. */
export interface ByOthers {
  readonly by?: string;
  readonly visitor?: Booking['visitor'] | undefined;
}

/**
 * Holds a place for one person for `holdMinutes`. The same request again answers the same hold.
 * In this order: the slot (one conditional write), the person's ledger (one conditional write), the booking. A crash
 * in between leaves a holder or a claim that ends with the hold's time and is swept.
 * Errors: booking.matter_not_here, day_closed, day_not_released, slot_unknown, slot_past, slot_full, already_booked,
 * day_quota, open_quota, paused.
 */
export async function holdSlot(
  room: BookingRoom,
  personId: string,
  request: HoldRequest,
  channel: string,
  more: ByOthers = {},
): Promise<Booking> {
  const matterIds = [request.matter, ...(request.also ?? [])];
  const place = await findPlace(room, matterIds, request.hall);
  const slot = checkSlot(room, place, request.date, request.start);
  const slotId = slotIdOf(place.groupKey, request.date, request.start);
  const served = await servedBy(room, personId, request.onBehalf, matterIds);
  const ledgerId = served?.id ?? personId;
  const asked: Asked = {
    ...{ personId, request, date: request.date, place, slot, slotId, channel },
    ...{ served, ledgerId, more },
  };

  // The quota is looked at before the place is taken, so that who may not book cannot keep a place from others even
  // for a moment; it is decided for good by the ledger's conditional write below.
  const now = room.clock.now();
  if (fullSlots.isFull(slotId, now)) throw new HallError(bookingErrors.slotFull);
  const ledger = await readLedger(ledgerId);
  const same = activeClaims(ledger, now).find(
    (each) => each.slotId === slotId && each.until !== null && each.matterIds[0] === request.matter,
  );
  if (same) return finishHold(room, asked, { bookingId: same.bookingId, until: same.until! });
  const refusal = decideQuota(ledger, { matterIds, day: request.date }, now, room.rules);
  if (refusal) throw new HallError(bookingErrors[refusal]);

  const until = new Date(now.getTime() + room.rules.holdMinutes * 60_000);
  const wanted: Holder = {
    bookingId: newId(),
    personId: ledgerId,
    matterId: request.matter,
    units: place.units,
    scarce: place.scarce,
    until,
  };
  const holder = await winPlace(room, asked, wanted);
  return finishHold(room, asked, { bookingId: holder.bookingId, until: holder.until ?? until });
}

/** Error: 403 hall.forbidden, and what the house says of the authorisation. */
async function servedBy(
  room: BookingRoom,
  personId: string,
  onBehalf: string | undefined,
  matterIds: readonly string[],
): Promise<Served | null> {
  if (onBehalf === undefined) return null;
  if (!room.servedFor) throw new HallError(hallErrors.forbidden);
  return room.servedFor(personId, onBehalf, matterIds);
}

/** Takes the place, opening the slot when nobody has before, and freeing what ended holds still keep of it. */
export async function winPlace(
  room: BookingRoom,
  asked: Pick<Asked, 'place' | 'date' | 'slot' | 'slotId'>,
  wanted: Holder,
): Promise<Holder> {
  const { place, date, slotId } = asked;
  let served = false;
  for (let attempt = 0; attempt < 20; attempt++) {
    const taking = await takePlace(slotId, wanted);
    if (taking.is === 'taken') return wanted;
    if (taking.is === 'closed') throw dayClosed(taking.reason);
    const now = room.clock.now();
    if (taking.is === 'again') continue;
    if (taking.is === 'missing') {
      const where = { hallId: place.hall.id, zone: place.zone, group: place.group, groupKey: place.groupKey };
      await openSlots(room, { ...where, day: date }, [asked.slot]);
    } else if (taking.is === 'mine') {
      if (taking.holder.until === null) throw new HallError(bookingErrors.alreadyBooked);
      if (taking.holder.until > now) return taking.holder;
      await sweepSlot(room, slotId, [taking.holder]);
    } else if (taking.is === 'waitedFor' && !served) {
      served = true; // those who wait come first; what they do not want is free again
      await freeEnded(room, slotId, now);
      await serveWaitlist(room, slotId);
    } else {
      if (taking.is === 'full' && (await freeEnded(room, slotId, now))) continue;
      fullSlots.note(slotId, now);
      throw new HallError(bookingErrors.slotFull);
    }
  }
  throw new HallError(hallErrors.busy);
}

/** Frees what ended holds keep of a full slot, and what has cooled down. Answers whether there was anything. */
async function freeEnded(room: BookingRoom, slotId: string, now: Date): Promise<boolean> {
  const slot = await slots().findOne(
    { _id: slotId, $or: [{ 'holders.until': { $lte: now } }, { 'cooling.until': { $lte: now } }] },
    newest(),
  );
  if (!slot) return false;
  const swept = await sweepSlot(room, slotId, slot.holders);
  return (await reopenCooled(slot, now)) || swept;
}

/** The steps after the place is taken; safe to run by two requests for the same hold, and after a crash. */
async function finishHold(
  room: BookingRoom,
  asked: Asked,
  hold: { readonly bookingId: string; readonly until: Date },
): Promise<Booking> {
  const { personId, request, place, slot, slotId, channel, served, ledgerId, more } = asked;
  const { bookingId, until } = hold;
  const matterIds = place.matters.map((each) => each.id);
  const claim: Claim = { bookingId, matterIds, day: request.date, slotId, until };
  const refusal = await claimQuota(room, ledgerId, claim);
  if (refusal) {
    await givePlaceBack(slotId, { bookingId, units: place.units, scarce: place.scarce }, null);
    throw new HallError(bookingErrors[refusal]);
  }
  const booking = newBooking({
    id: bookingId,
    personId,
    place,
    date: request.date,
    slot,
    slotId,
    until,
    now: room.clock.now(),
    channel,
    served,
    ...more,
  });
  try {
    await bookings().insertOne(booking);
    return booking;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const stored = await bookings().findOne({ _id: bookingId, personId }, newest());
  if (!stored) throw new HallError(served ? bookingErrors.alreadyBooked : hallErrors.busy);
  if (stored.state === 'booked') throw new HallError(bookingErrors.alreadyBooked);
  return stored;
}
