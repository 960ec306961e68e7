import { HallError } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { bookAtDesk } from './bookAtDesk.ts';
import { cancelBooking } from './cancelBooking.ts';
import { cancelByStaff } from './cancelElsewhere.ts';
import { closeHall, previewClosure } from './closeHall.ts';
import { confirmBooking } from './confirmBooking.ts';
import {
  AppealDecision,
  AppealList,
  AppealParams,
  AppealRequest,
  AppealsQuery,
  BookingDays,
  BookingList,
  BookingParams,
  BookingSlots,
  BookingsQuery,
  BookingView,
  bookingErrors,
  CancelRequest,
  CloseRequest,
  ClosureView,
  ConfirmRequest,
  DaysQuery,
  DeskRequest,
  HoldRequest,
  RescheduleRequest,
  SlotsQuery,
  StaffBookingRow,
  StaffBookings,
  StaffBookingsQuery,
  StaffCancelRequest,
  StandingView,
  WaitList,
  WaitParams,
  WaitRequest,
  WaitView,
} from './contract.ts';
import { findOwnBooking } from './findBooking.ts';
import { holdSlot } from './holdSlot.ts';
import { calendarOf } from './icalendar.ts';
import { joinWaitlist, leaveWaitlist } from './joinWaitlist.ts';
import { listOwnBookings, listStaffBookings } from './listBookings.ts';
import { listDays } from './listDays.ts';
import { listSlots } from './listSlots.ts';
import { listWaits, presentWait } from './listWaits.ts';
import { presentBooking, presentRow } from './present.ts';
import { requireHuman } from './requireHuman.ts';
import { rescheduleBooking } from './rescheduleBooking.ts';
import type { BookingRoom } from './room.ts';
import { decideAppeal, fileAppeal, listAppeals, readStanding } from './standing.ts';

export function bookingRoutes(room: BookingRoom): readonly Route[] {
  const read = { limit: 'read', signIn: 'none', may: anyone } as const;
  const mine = { limit: 'read', signIn: 'citizen', may: anyone } as const;
  const manage = { limit: 'write', signIn: 'staff', may: can('bookings.manage') } as const;
  const book = { limit: 'write', signIn: 'citizen', may: room.mayBook } as const;
  return [
    route('GET', '/api/booking/days', { ...read, query: DaysQuery, answer: BookingDays }, ({ query }) =>
      listDays(room, query.matter, query.hall),
    ),

    route('GET', '/api/booking/slots', { ...read, query: SlotsQuery, answer: BookingSlots }, ({ query }) =>
      listSlots(room, query),
    ),

    route(
      'POST',
      '/api/bookings',
      { ...book, body: HoldRequest, answer: BookingView },
      async ({ citizen, body, ctx }) => {
        const { personId, channel } = citizen;
        await requireHuman(room, { personId, address: ctx.ip }, body.proof);
        return presentBooking(await holdSlot(room, personId, body, channel), room, personId);
      },
    ),

    route(
      'POST',
      '/api/bookings/:id/confirm',
      { ...book, params: BookingParams, body: ConfirmRequest, answer: BookingView },
      async ({ citizen, params, body }) =>
        presentBooking(await confirmBooking(room, citizen.personId, params.id, body), room, citizen.personId),
    ),

    route(
      'POST',
      '/api/bookings/:id/cancel',
      { ...mine, limit: 'write', params: BookingParams, body: CancelRequest, answer: BookingView },
      async ({ citizen, params, body }) =>
        presentBooking(
          await cancelBooking(room, citizen.personId, params.id, body.reason),
          room,
          citizen.personId,
        ),
    ),

    route(
      'GET',
      '/api/bookings',
      { ...mine, query: BookingsQuery, answer: BookingList },
      async ({ citizen, query }) => {
        const rows = await listOwnBookings(room, citizen.personId, query);
        return { bookings: rows.map((each) => presentBooking(each, room, citizen.personId)) };
      },
    ),

    route(
      'GET',
      '/api/bookings/:id',
      { ...mine, params: BookingParams, answer: BookingView },
      async ({ citizen, params }) =>
        presentBooking(await findOwnBooking(citizen.personId, params.id), room, citizen.personId),
    ),

    route(
      'GET',
      '/api/bookings/:id/calendar.ics',
      { ...mine, params: BookingParams, answer: 'raw' },
      async ({ citizen, params, ctx }) => {
        const booking = await findOwnBooking(citizen.personId, params.id);
        if (!booking.number) throw new HallError(bookingErrors.notBooked);
        ctx.type = 'text/calendar; charset=utf-8';
        ctx.attachment(`${booking.number}.ics`);
        ctx.body = calendarOf(booking, room.clock.now());
      },
    ),

    route(
      'POST',
      '/api/bookings/:id/reschedule',
      { ...book, params: BookingParams, body: RescheduleRequest, answer: BookingView },
      async ({ citizen, params, body }) =>
        presentBooking(
          await rescheduleBooking(room, citizen.personId, params.id, body),
          room,
          citizen.personId,
        ),
    ),

    route(
      'POST',
      '/api/booking/waits',
      { ...book, body: WaitRequest, answer: WaitView },
      async ({ citizen, body }) =>
        presentWait(await joinWaitlist(room, citizen.personId, body, citizen.channel)),
    ),

    route('GET', '/api/booking/waits', { ...mine, answer: WaitList }, async ({ citizen }) => ({
      waits: await listWaits(room, citizen.personId),
    })),

    route(
      'POST',
      '/api/booking/waits/:id/leave',
      { ...mine, limit: 'write', params: WaitParams, answer: WaitView },
      async ({ citizen, params }) => presentWait(await leaveWaitlist(room, citizen.personId, params.id)),
    ),

    route('GET', '/api/booking/standing', { ...mine, answer: StandingView }, ({ citizen }) =>
      readStanding(room, citizen.personId),
    ),

    route(
      'POST',
      '/api/bookings/:id/appeal',
      { ...mine, limit: 'write', params: BookingParams, body: AppealRequest, answer: StandingView },
      async ({ citizen, params, body }) => {
        const { _id } = await findOwnBooking(citizen.personId, params.id);
        return fileAppeal(room, citizen.personId, _id, body.reason);
      },
    ),

    route(
      'GET',
      '/api/staff/appeals',
      { ...manage, limit: 'read', query: AppealsQuery, answer: AppealList },
      ({ query }) => listAppeals(room, query.state),
    ),

    route(
      'POST',
      '/api/staff/appeals/:id/decide',
      { ...manage, params: AppealParams, body: AppealDecision, answer: 'nothing' },
      ({ staff, params, body }) => decideAppeal(room, params.id, staff.staffId, body),
    ),

    route(
      'POST',
      '/api/staff/closures/preview',
      { ...manage, body: CloseRequest, answer: ClosureView },
      ({ body }) => previewClosure(room, body),
    ),

    route(
      'POST',
      '/api/staff/closures',
      { ...manage, body: CloseRequest, answer: ClosureView },
      ({ staff, body }) => closeHall(room, body, `staff:${staff.staffId}`),
    ),

    route(
      'POST',
      '/api/staff/bookings',
      { ...manage, may: can('queue.call'), body: DeskRequest, answer: StaffBookingRow },
      async ({ staff, body }) => {
        const booking = await bookAtDesk(room, staff, body);
        const [person] = await room.findPeople([booking.personId]);
        return presentRow(booking, person);
      },
    ),

    route(
      'POST',
      '/api/staff/bookings/:id/cancel',
      { ...manage, params: BookingParams, body: StaffCancelRequest, answer: 'nothing' },
      async ({ staff, params, body }) => {
        await cancelByStaff(room, params.id, staff, body.reason);
      },
    ),

    route(
      'GET',
      '/api/staff/bookings',
      { limit: 'read', signIn: 'staff', may: room.mayRead, query: StaffBookingsQuery, answer: StaffBookings },
      ({ staff, query }) => listStaffBookings(room, staff, query),
    ),
  ];
}
