import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { maskName } from '../../kernel/identifiers/personName.ts';
import { maskPhone } from '../../kernel/identifiers/phone.ts';
import { isResidentId, normaliseId } from '../../kernel/identifiers/residentId.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { confirmBooking } from './confirmBooking.ts';
import { bookingErrors, type DeskRequest } from './contract.ts';
import { holdSlot } from './holdSlot.ts';
import type { Booking } from './model.ts';
import type { BookingRoom } from './room.ts';

/**
 * Books for somebody who stands at the desk or is on the telephone: the way without a phone stays open. By their identity
 * number they are the person they are here, with the same quota; who has no account is known by the blind index, and only
 * the masked name and phone are kept. Rules are those of everybody.
 * Errors: as for a hold; 400 booking.bad_id_number, 403 hall.forbidden (not a hall of theirs).
 */
export async function bookAtDesk(
  room: BookingRoom,
  staff: { readonly staffId: string; readonly hallIds: readonly string[] },
  asked: DeskRequest,
): Promise<Booking> {
  if (!room.desk || (staff.hallIds.length > 0 && !staff.hallIds.includes(asked.hall))) {
    throw new HallError(hallErrors.forbidden);
  }
  const idNumber = normaliseId(asked.idNumber);
  if (!isResidentId(idNumber, localDayOf(room.clock.now()))) throw new HallError(bookingErrors.badIdNumber);
  const person = await room.desk.findByIdNumber(idNumber);
  const personId = person?.id ?? `id:${room.desk.indexOf(idNumber)}`;
  const visitor = person
    ? undefined
    : { name: maskName(asked.name), phone: asked.phone ? maskPhone(asked.phone) : null };
  const by = `staff:${staff.staffId}`;
  const { matter, hall, date, start, priority } = asked;
  const held = await holdSlot(room, personId, { matter, hall, date, start }, 'desk', { visitor, by });
  return confirmBooking(room, personId, held._id, { priority, by });
}
