import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { instantAt, localDayOf, minuteOfDay } from '../../kernel/localDay.ts';
import { tellOffer, tellWaitEnded } from './bookingNotices.ts';
import { readLedger, writeLedger } from './claimQuota.ts';
import { findPlace, type Place } from './findPlace.ts';
import { type Booking, bookings } from './model.ts';
import { newBooking } from './newBooking.ts';
import { newest } from './newest.ts';
import { activeClaims, decideQuota } from './quota.ts';
import type { BookingRoom } from './room.ts';
import { timeOf } from './schedule.ts';
import { type Slot, slots } from './slotModel.ts';
import { placeAmounts } from './takePlace.ts';
import { type Wait, waits } from './waitModel.ts';
import { closesAt, type Fit, firstFit, mayOffer } from './waitRules.ts';

/**
 * Offers what is free of a slot to those who wait for it, in their order, and sends away who waits in vain (the hall has
 * closed, it is too late). While anybody waits, nobody else can take a place (`takePlace`), so nothing is lost when this
 * runs later. Safe in several processes. Answers how many offers it made.
 */
export async function serveWaitlist(room: BookingRoom, slotId: string): Promise<number> {
  let offers = 0;
  let lost = 0;
  while (lost < 5) {
    const slot = await slots().findOne({ _id: slotId, 'waiting.0': { $exists: true } }, newest());
    if (!slot) return offers;
    const now = room.clock.now();
    if (slot.closed !== null || now >= closesAt(slot.day, slot.start, room.rules)) {
      await sendAway(slot, now);
      return offers;
    }
    const fit = mayOffer(now, room.rules) ? firstFit(slot) : null;
    if (!fit) return offers;
    const outcome = await offer(room, slot, fit);
    if (outcome === 'offered') offers += 1;
    if (outcome === 'changed') lost += 1; // others are at it; what they leave is done a minute later
  }
  return offers;
}

/** All that is due, each minute: offers, and waits that nobody's place can come to any more. */
export async function serveWaitlists(room: BookingRoom): Promise<number> {
  const now = room.clock.now();
  let offers = 0;
  const waited = slots().find(
    { day: { $gte: localDayOf(now) }, 'waiting.0': { $exists: true } },
    { projection: { _id: 1 } },
  );
  for await (const { _id } of waited) offers += await serveWaitlist(room, _id);
  const late = waits().find({ open: true, state: 'waiting', closesAt: { $lte: now } });
  for await (const wait of late) await endWait(wait, { to: 'closed', by: 'clock', why: '已到办理时间' }, now);
  return offers;
}

/** One place, one person, one transaction: the wait, the place by one conditional write, the ledger, the hold, the notice. */
async function offer(room: BookingRoom, slot: Slot, fit: Fit): Promise<'offered' | 'ended' | 'changed'> {
  const now = room.clock.now();
  const { entryId } = fit.waiting;
  const wait = await waits().findOne({ _id: entryId }, newest());
  if (wait?.state !== 'waiting') {
    await slots().updateOne({ _id: slot._id }, { $pull: { waiting: { entryId } } });
    return 'ended';
  }
  const place = await findPlace(room, [wait.matterId], wait.hallId).catch((error: unknown) => {
    if (error instanceof HallError) return null;
    throw error;
  });
  const outcome = await inTransaction((session) =>
    offerWithin(room, { slot, fit, wait, place, now }, session),
  );
  if (outcome === 'offered' || outcome === 'changed') return outcome;
  await endWait(wait, { to: 'closed', by: 'clock', why: outcome }, now);
  return 'ended';
}

interface Offering {
  readonly slot: Slot;
  readonly fit: Fit;
  readonly wait: Wait;
  readonly place: Place | null;
  readonly now: Date;
}

async function offerWithin(
  room: BookingRoom,
  { slot, fit, wait, place, now }: Offering,
  session: ClientSession,
): Promise<string> {
  const { personId, matterId } = wait;
  if (!place) return '该事项已停止预约';
  const ledger = await readLedger(personId, session);
  const refusal = decideQuota(ledger, { matterIds: [matterId], day: wait.date }, now, room.rules);
  if (refusal) return refusal === 'paused' ? '您的网上预约已暂停' : '您已有别的预约';
  const { units, scarce } = fit.waiting;
  const id = newId();
  const until = new Date(now.getTime() + room.rules.waitlist.offerMinutes * 60_000);
  const holder = { bookingId: id, personId, matterId, units, scarce, until };
  const { cooling } = fit;
  const taken = await slots().updateOne(
    {
      _id: slot._id,
      closed: null,
      'waiting.entryId': wait._id,
      holders: { $not: { $elemMatch: { personId, matterId } } },
      ...(cooling
        ? { 'cooling.id': cooling.id }
        : {
            left: { $gte: units },
            ...Object.fromEntries(scarce.map((each) => [`scarce.${each}`, { $gte: 1 }])),
          }),
    },
    {
      $push: { holders: holder },
      $pull: { waiting: { entryId: wait._id }, ...(cooling && { cooling: { id: cooling.id } }) },
      $inc: cooling
        ? placeAmounts(
            cooling.units - units,
            cooling.scarce.filter((each) => !scarce.includes(each)),
            1,
          )
        : placeAmounts(-units, scarce, -1),
    },
    { session },
  );
  if (taken.modifiedCount !== 1) return 'changed';
  const others = wait.slotIds.filter((each) => each !== slot._id);
  if (others.length > 0) {
    await slots().updateMany(
      { _id: { $in: others }, 'waiting.entryId': wait._id },
      { $pull: { waiting: { entryId: wait._id } } },
      { session },
    );
  }
  const moved = await waits().updateOne(
    { _id: wait._id, state: 'waiting' },
    {
      $set: { state: 'offered', bookingId: id },
      $push: { history: { at: now, by: 'clock', to: 'offered', why: slot.start } },
    },
    { session },
  );
  const claim = { bookingId: id, matterIds: [matterId], day: wait.date, slotId: slot._id, until };
  const claimed =
    moved.modifiedCount === 1 &&
    (await writeLedger(ledger, { claims: [...activeClaims(ledger, now), claim] }, session));
  if (!claimed) {
    await session.abortTransaction();
    return 'changed';
  }
  const booking: Booking = {
    ...newBooking({
      ...{ id, personId, place, until, now, channel: wait.channel },
      ...{ date: wait.date, slot, slotId: slot._id },
    }),
    units,
    scarce,
    waitId: wait._id,
    history: [{ at: now, by: 'clock', event: 'offer', to: 'held', why: wait._id }],
  };
  await bookings().insertOne(booking, { session });
  await tellOffer(booking, instantTime(until), now, session);
  return 'offered';
}

/** 「09:15」 */
const instantTime = (at: Date): string => timeOf(minuteOfDay(at));

/** Nothing of this slot will be offered any more; who waits for another time of the day as well goes on waiting there. */
async function sendAway(slot: Slot, now: Date): Promise<void> {
  for (const { entryId } of slot.waiting) {
    await slots().updateOne({ _id: slot._id }, { $pull: { waiting: { entryId } } });
    if (await slots().findOne({ 'waiting.entryId': entryId, day: slot.day }, newest())) continue;
    const wait = await waits().findOne({ _id: entryId, state: 'waiting' }, newest());
    if (!wait) continue;
    const why = slot.closed ?? (now >= instantAt(slot.day, slot.start) ? '已到办理时间' : '临近办理时间');
    await endWait(wait, { to: 'closed', by: 'clock', why }, now);
  }
}

/** Ends a wait that got nothing. False: it is no longer waiting. */
export const endWait = (
  wait: Wait,
  { to, by, why }: { readonly to: 'closed' | 'left'; readonly by: string; readonly why: string | null },
  now: Date,
): Promise<boolean> =>
  inTransaction(async (session) => {
    const { modifiedCount } = await waits().updateOne(
      { _id: wait._id, state: 'waiting' },
      { $set: { state: to, open: false }, $push: { history: { at: now, by, to, why } } },
      { session },
    );
    if (modifiedCount !== 1) return false;
    await slots().updateMany(
      { _id: { $in: [...wait.slotIds] }, 'waiting.entryId': wait._id },
      { $pull: { waiting: { entryId: wait._id } } },
      { session },
    );
    if (to === 'closed') await tellWaitEnded(wait, why, now, session);
    return true;
  });
