import { inTransaction, isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { advanceBooking, findBookingByCode } from '../booking/advanceBooking.ts';
import { matterOf } from '../booking/bookingNotices.ts';
import { findOwnBooking } from '../booking/findBooking.ts';
import type { Booking } from '../booking/model.ts';
import { newest } from '../booking/newest.ts';
import { serially } from '../booking/serial.ts';
import { metresBetween } from '../halls/rules.ts';
import { queueErrors } from './contract.ts';
import type { Kiosk } from './deviceModel.ts';
import { readHallQr } from './hallQr.ts';
import { issueTicket } from './issueTicket.ts';
import { type Ticket, tickets } from './model.ts';
import { tellTaken } from './queueNotices.ts';
import type { QueueRoom } from './room.ts';

/**
 * Turns a person's booking into a ticket, by the hall's poster or by where the phone is. Once only: sent again, it answers
 * the same ticket. Errors: 404 booking.not_found, 409 queue.not_here (also the poster of another hall), and those of `admit`.
 */
export async function checkInMyself(
  room: QueueRoom,
  personId: string,
  asked: {
    readonly booking: string;
    readonly hallQr?: string | undefined;
    readonly place?: { readonly latitude: number; readonly longitude: number } | undefined;
  },
): Promise<Ticket> {
  const booking = await findOwnBooking(personId, asked.booking);
  const given = await ticketOf(booking);
  if (given) return given;
  if (asked.hallQr !== undefined) {
    const hallId = readHallQr(asked.hallQr, room.secret);
    if (!hallId) throw new HallError(queueErrors.notHere);
    if (hallId !== booking.hallId) {
      const message = `您扫的是另一个大厅的签到码，这个预约在${booking.hallName}办理。`;
      throw new HallError(queueErrors.notHere, { message });
    }
  } else {
    const hall = await room.findHall(booking.hallId);
    const near =
      asked.place && hall?.place && metresBetween(asked.place, hall.place) <= room.rules.checkIn.metres;
    if (!near) throw new HallError(queueErrors.notHere);
  }
  return admit(room, booking, personId);
}

/** The same at a kiosk, by the booking's QR code or its number. Errors: 404 queue.code_unknown, 409 queue.wrong_hall. */
export async function checkInAtKiosk(room: QueueRoom, kiosk: Kiosk, code: string): Promise<Ticket> {
  const booking = await findBookingByCode(code, room.secret);
  if (!booking) throw new HallError(queueErrors.codeUnknown);
  if (booking.hallId !== kiosk.hallId) throw new HallError(queueErrors.wrongHall);
  return (await ticketOf(booking)) ?? admit(room, booking, `kiosk:${kiosk._id}`);
}

const ticketOf = (booking: Booking): Promise<Ticket | null> =>
  tickets().findOne({ bookingId: booking._id }, newest());

/** What the window has to know: which proof to look at, and that the person came late. */
function noteOf(priority: Booking['priority'], late: boolean, lateMinutes: number): string | null {
  if (priority) return `优先（${priority.label}），请核对${priority.proof}`;
  return late ? `迟到超过 ${lateMinutes} 分钟，按现场号排队` : null;
}

/**
 * Within the window a booked ticket that counts from the booked time; later a walk-in ticket with a note, never a loss.
 * Times are the server's. Errors: 409 queue.cannot_check_in, not_today, too_early.
 */
async function admit(room: QueueRoom, booking: Booking, by: string): Promise<Ticket> {
  const now = room.clock.now();
  const { earlyMinutes, lateMinutes } = room.rules.checkIn;
  if (booking.state !== 'booked') throw new HallError(queueErrors.cannotCheckIn);
  if (booking.date !== localDayOf(now)) throw new HallError(queueErrors.notToday);
  const minutes = (now.getTime() - booking.startsAt.getTime()) / 60_000;
  if (minutes < -earlyMinutes) throw new HallError(queueErrors.tooEarly);
  const late = minutes > lateMinutes;
  const { priority } = booking;
  const kind = priority ? ('priority' as const) : late ? ('walkIn' as const) : ('booked' as const);
  const since = !late && booking.startsAt > now ? booking.startsAt : now;
  const { hallId, hallName, zone, zoneName, group } = booking;
  const whose = booking.visitor ? {} : { personId: booking.personId };
  try {
    const ticket = await serially(`tickets ${hallId}`, () =>
      inTransaction(async (session) => {
        if (!(await advanceBooking(booking._id, 'checkIn', { at: now, by }, session))) return null;
        const issued = await issueTicket(
          {
            ...{ hallId, hallName, zone, zoneName, group, kind, since, by, ...whose },
            day: booking.date,
            at: now,
            bookingId: booking._id,
            bookingNumber: booking.number,
            matter: matterOf(booking),
            note: noteOf(priority, late, lateMinutes),
          },
          session,
        );
        await tellTaken(issued, now, session);
        return issued;
      }),
    );
    if (ticket) return ticket;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const other = await ticketOf(booking); // checked in at the same moment elsewhere
  if (other) return other;
  throw new HallError(queueErrors.cannotCheckIn);
}
