import { inTransaction } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { checkSlot, dayClosed } from './checkSlot.ts';
import { readLedger, writeLedger } from './claimQuota.ts';
import { bookingErrors, type WaitRequest } from './contract.ts';
import { findPlace, planFor } from './findPlace.ts';
import { emptyLedger, ledgers } from './ledgerModel.ts';
import { leftOf } from './listDays.ts';
import { newest } from './newest.ts';
import { activeClaims, decideQuota } from './quota.ts';
import type { BookingRoom } from './room.ts';
import type { PlannedSlot } from './schedule.ts';
import { endWait, serveWaitlist } from './serveWaitlist.ts';
import { slotIdOf, slots } from './slotModel.ts';
import { sweepSlot } from './sweepHolds.ts';
import { type Wait, waits } from './waitModel.ts';
import { closesAt } from './waitRules.ts';

/**
 * Puts a person at the end of the line for a full slot, or for every full slot of a day. The same request again answers
 * the same wait. It claims nothing yet; the quotas are asked now, so that nobody waits for what they may not have, and
 * again when a place is offered.
 * Errors: as for a hold; 409 booking.place_free, wait_closed, wait_quota, wait_full.
 */
export async function joinWaitlist(
  room: BookingRoom,
  personId: string,
  request: WaitRequest,
  channel: string,
): Promise<Wait> {
  const place = await findPlace(room, [request.matter], request.hall);
  const { date } = request;
  const now = room.clock.now();
  const planned = request.start
    ? [checkSlot(room, place, date, request.start)]
    : planFor(room, place, date).slots;
  const [first] = planned;
  if (first && !request.start) checkReleased(room, place, date, planned, now);
  const ahead = planned.filter((each) => closesAt(date, each.start, room.rules) > now);
  if (ahead.length === 0) throw new HallError(bookingErrors.waitClosed);

  const ids = ahead.map((each) => slotIdOf(place.groupKey, date, each.start));
  await freeEndedOf(room, ids);
  const stored = await slots()
    .find({ _id: { $in: ids } }, newest())
    .toArray();
  const byId = new Map(stored.map((each) => [each._id, each]));
  const open = stored.filter((each) => each.closed === null);
  if (open.length === 0 && stored.length === ids.length) throw dayClosed(stored[0]!.closed!);
  for (const [index, each] of ahead.entries()) {
    const slot = byId.get(ids[index]!);
    if (leftOf(place, each, slot) > 0) throw new HallError(bookingErrors.placeFree);
  }
  const { units, scarce } = place;
  const slotIds = open.map((each) => each._id);
  const wait: Wait = {
    _id: newId(),
    personId,
    matterId: request.matter,
    matterName: place.matters[0]!.name,
    hallId: place.hall.id,
    hallName: place.hall.name,
    zoneName: place.zoneName,
    date,
    start: request.start ?? null,
    end: request.start ? first!.end : null,
    slotIds,
    channel,
    state: 'waiting',
    open: true,
    closesAt: closesAt(date, ahead.at(-1)!.start, room.rules),
    bookingId: null,
    createdAt: now,
    history: [{ at: now, by: personId, to: 'waiting', why: null }],
  };
  // The ledger is written with the wait, so that two requests of one person cannot both pass; it must be there before.
  await ledgers().updateOne(
    { _id: personId },
    { $setOnInsert: { ...emptyLedger(personId), version: 1 } },
    { upsert: true },
  );
  const { perPerson, perSlot } = room.rules.waitlist;
  const outcome = await inTransaction(async (session) => {
    const mine = await waits().find({ personId, open: true }, { session }).toArray();
    const same = mine.find((each) => each.matterId === request.matter && each.date === date);
    if (same) return same;
    if (mine.length >= perPerson) return 'waitQuota';
    const ledger = await readLedger(personId, session);
    const refusal = decideQuota(ledger, { matterIds: [request.matter], day: date }, now, room.rules);
    if (refusal) return refusal;
    if (!(await writeLedger(ledger, { claims: activeClaims(ledger, now) }, session))) return 'busy';
    const entry = { entryId: wait._id, units, scarce };
    const { modifiedCount } = await slots().updateMany(
      { _id: { $in: slotIds }, closed: null, [`waiting.${perSlot - 1}`]: { $exists: false } },
      { $push: { waiting: entry } },
      { session },
    );
    if (modifiedCount === 0) return 'waitFull';
    await waits().insertOne(wait, { session });
    return wait;
  });
  if (outcome === 'waitFull') {
    const closed = await slots().findOne({ _id: { $in: slotIds }, closed: { $ne: null } }, newest());
    if (closed) throw dayClosed(closed.closed!); // a closure was faster
  }
  if (outcome === 'busy') throw new HallError(hallErrors.busy);
  if (typeof outcome === 'string') throw new HallError(bookingErrors[outcome]);
  // A place may have been given back between the look and the line.
  for (const id of outcome.slotIds) await serveWaitlist(room, id);
  return (await waits().findOne({ _id: outcome._id }, newest()))!;
}

/** A day is released as a whole: asked of its last slot, which is past only when the day is. */
function checkReleased(
  room: BookingRoom,
  place: Parameters<typeof checkSlot>[1],
  date: string,
  planned: readonly PlannedSlot[],
  now: Date,
): void {
  const last = planned.at(-1)!;
  if (closesAt(date, last.start, room.rules) <= now) throw new HallError(bookingErrors.waitClosed);
  checkSlot(room, place, date, last.start);
}

async function freeEndedOf(room: BookingRoom, ids: readonly string[]): Promise<void> {
  const now = room.clock.now();
  const ended = await slots()
    .find({ _id: { $in: [...ids] }, 'holders.until': { $lte: now } }, newest())
    .toArray();
  for (const slot of ended) await sweepSlot(room, slot._id, slot.holders);
}

/** Leaves the line. What has been offered is declined by cancelling the hold. Error: 404 booking.wait_unknown. */
export async function leaveWaitlist(room: BookingRoom, personId: string, waitId: string): Promise<Wait> {
  const wait = await waits().findOne({ _id: waitId, personId }, newest());
  if (!wait) throw new HallError(bookingErrors.waitUnknown);
  if (wait.state === 'waiting') {
    await endWait(wait, { to: 'left', by: personId, why: null }, room.clock.now());
    for (const id of wait.slotIds) await serveWaitlist(room, id);
  }
  return (await waits().findOne({ _id: waitId }, newest()))!;
}
