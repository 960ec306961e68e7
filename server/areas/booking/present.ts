import { dayLabel, instantAt, localDayOf } from '../../kernel/localDay.ts';
import { matterOf } from './bookingNotices.ts';
import { decideCancel } from './cancelRules.ts';
import { channelLabel } from './cityChannel.ts';
import type { BookingView, StaffBookingRow } from './contract.ts';
import type { Booking } from './model.ts';
import { qrTextOf } from './qr.ts';
import type { BookingRoom, ShownPerson } from './room.ts';
import { timeOf } from './schedule.ts';
import { stateLabels } from './states.ts';

type Times = Pick<BookingRoom, 'clock' | 'rules' | 'secret' | 'checkInEarlyMinutes'>;

const checkInFrom = ({ startsAt }: Booking, { checkInEarlyMinutes }: Times): string | null =>
  checkInEarlyMinutes === undefined
    ? null
    : new Date(startsAt.getTime() - checkInEarlyMinutes * 60_000).toISOString();

/** `viewer`: the person who asks, who may be the one it was booked for. */
export function presentBooking(booking: Booking, room: Times, viewer?: string): BookingView {
  const now = room.clock.now();
  const ended = booking.state === 'held' && booking.holdUntil! <= now;
  const state = ended ? 'expired' : booking.state;
  const cancel = decideCancel(booking, now, room.rules);
  return {
    id: booking._id,
    number: booking.number,
    state,
    stateLabel: stateLabels[state],
    matter: { id: booking.matterId, name: matterOf(booking) },
    matters: [{ id: booking.matterId, name: booking.matterName }, ...booking.also],
    hall: {
      id: booking.hallId,
      name: booking.hallName,
      address: booking.address,
      zone: booking.zoneName,
    },
    date: booking.date,
    dayLabel: dayLabel(booking.date),
    start: booking.start,
    end: booking.end,
    materials: booking.materials.map(({ name, note, needed }) => ({ name, note, needed })),
    holdUntil: ended ? null : (booking.holdUntil?.toISOString() ?? null),
    qrText: state === 'booked' || state === 'checkedIn' ? qrTextOf(booking._id, room.secret) : null,
    replaces: booking.replaces ?? null,
    replacedBy: booking.replacedBy ?? null,
    canReschedule: booking.state === 'booked' && cancel.allowed && cancel.strike === 0,
    canCancel: !ended && cancel.allowed,
    cancelNote: ended || booking.state !== 'booked' ? null : cancelNote(cancel, now),
    createdAt: booking.createdAt.toISOString(),
    checkInFrom: state === 'booked' ? checkInFrom(booking, room) : null,
    channelLabel: channelLabel(booking.channel),
    served: booking.served ? { kind: booking.served.kind, name: booking.served.name } : null,
    byAnother: viewer !== undefined && booking.personId !== viewer,
    priority: booking.priority ?? null,
    priorityChoices: state === 'held' ? [...room.rules.priorityGroups] : [],
  };
}

function cancelNote(
  { allowed, strike, freeUntil }: ReturnType<typeof decideCancel>,
  now: Date,
): string | null {
  if (!allowed) return null;
  if (strike > 0) return '已过免责取消时间，现在取消会计入爽约记录';
  if (freeUntil <= now) return '刚预约的可以取消，不计入爽约记录';
  const day = localDayOf(freeUntil);
  const minute = Math.round((freeUntil.getTime() - instantAt(day, '00:00').getTime()) / 60_000);
  return `可在 ${dayLabel(day).split(' ')[0]} ${timeOf(minute)} 前取消`;
}

export function presentRow(booking: Booking, person: ShownPerson | undefined): StaffBookingRow {
  const { priority } = booking;
  return {
    id: booking._id,
    number: booking.number ?? '',
    state: booking.state,
    stateLabel: stateLabels[booking.state],
    matter: matterOf(booking),
    hall: booking.hallName,
    zone: booking.zoneName,
    date: booking.date,
    start: booking.start,
    end: booking.end,
    person: booking.visitor?.name ?? person?.displayName ?? '（已注销）',
    phone: booking.visitor ? booking.visitor.phone : (person?.phoneMasked ?? null),
    channel: channelLabel(booking.channel),
    served: booking.served?.name ?? null,
    priority: priority ? `${priority.label} · 核对${priority.proof}` : null,
  };
}
