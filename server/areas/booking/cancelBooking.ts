import { randomInt } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import { inTransaction } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { tellBooking } from './bookingNotices.ts';
import { decideCancel } from './cancelRules.ts';
import { readLedger, releaseClaim, writeLedger } from './claimQuota.ts';
import { bookingErrors } from './contract.ts';
import { findOwnBooking } from './findBooking.ts';
import { ledgerOf } from './ledgerOf.ts';
import { type Booking, bookings } from './model.ts';
import type { BookingRoom } from './room.ts';
import { serveWaitlist } from './serveWaitlist.ts';
import { stateAfter } from './states.ts';
import { withStrike } from './strikes.ts';
import { givePlaceBack } from './takePlace.ts';
import { settleOffer } from './waitModel.ts';

/**
 * Gives a booking or a hold up: its place, its claim and its notice change together. Sent again, it answers the
 * cancelled booking. Errors: 404 booking.not_found, 409 booking.cannot_cancel, 409 booking.cancel_too_late.
 */
export async function cancelBooking(
  room: BookingRoom,
  personId: string,
  idOrNumber: string,
  reason: string | undefined,
): Promise<Booking> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const booking = await findOwnBooking(personId, idOrNumber);
    if (booking.state === 'cancelled') return booking;
    const now = room.clock.now();
    const { allowed, strike } = decideCancel(booking, now, room.rules);
    if (!allowed) {
      throw new HallError(
        booking.state === 'booked' ? bookingErrors.cancelTooLate : bookingErrors.cannotCancel,
      );
    }
    const cancelled = await inTransaction((session) => {
      return giveUp(room, booking, { now, by: personId, why: reason ?? null, strike }, session);
    });
    if (cancelled) {
      await serveWaitlist(room, cancelled.slotId);
      return cancelled;
    }
  }
  throw new HallError(hallErrors.busy);
}

interface GivingUp {
  readonly now: Date;
  readonly by: string;
  readonly why: string | null;
  readonly strike: number;
}

/** Null: the booking has changed since it was read. */
export async function giveUp(
  room: BookingRoom,
  read: Booking,
  { now, by, why, strike }: GivingUp,
  session: ClientSession,
): Promise<Booking | null> {
  const to = stateAfter('cancel');
  const bookingId = read._id;
  const booking = await bookings().findOneAndUpdate(
    { _id: bookingId, state: read.state },
    {
      $set: { state: to, holdUntil: null },
      $push: { history: { at: now, by, event: 'cancel', to, why } },
    },
    { session, returnDocument: 'after' },
  );
  if (!booking) return null;
  const cool = read.state === 'booked' ? coolUntil(room, now) : null;
  await givePlaceBack(read.slotId, { ...read, bookingId }, cool, session);
  await releaseClaim(ledgerOf(read), bookingId, session);
  if (booking.waitId) await settleOffer(booking.waitId, 'declined', { at: now, by }, session);
  if (read.state === 'booked') await room.city?.cancel(booking, session);
  if (strike > 0) {
    const ledger = await readLedger(ledgerOf(read), session);
    const kind = 'lateCancel' as const;
    const change = withStrike(
      ledger,
      { bookingId, at: now, weight: strike, kind, forgiven: null },
      room.rules,
    );
    await writeLedger(ledger, change, session);
  }
  if (read.state === 'booked') {
    await tellBooking(booking, 'booking.cancelled', now, session, { reason: why ?? '您已自行取消' });
  }
  return booking;
}

/** Random, so that nobody can wait for the second at which a traded place opens; null where there is no cool-down. */
export function coolUntil(room: BookingRoom, now: Date): Date | null {
  const { least, most } = room.rules.coolDownMinutes;
  if (most <= 0) return null;
  return new Date(now.getTime() + randomInt(least * 60_000, Math.max(least, most) * 60_000 + 1));
}
