import { HallError } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { newest } from '../booking/newest.ts';
import { can } from '../staff/policy.ts';
import { actOnTicket, leaveLine } from './actOnTicket.ts';
import { callNext, closeWindow, openWindow } from './callNext.ts';
import { checkInAtKiosk, checkInMyself } from './checkIn.ts';
import {
  CheckInRequest,
  DisplayQuery,
  DisplayView,
  HallQr,
  HallQueue,
  HallQueueParams,
  KioskCheckInRequest,
  KioskLockRequest,
  KioskParams,
  KioskTicketRequest,
  KioskView,
  NewKiosk,
  NewKioskRequest,
  OpenWindowRequest,
  PaperTicket,
  QueueStatistics,
  queueErrors,
  StaffQueue,
  StaffQueueQuery,
  StatisticsQuery,
  TicketAction,
  TicketList,
  TicketParams,
  TicketView,
  WindowParams,
  WindowTicketParams,
  WindowView,
} from './contract.ts';
import { hallQrText } from './hallQr.ts';
import { helpRoutes } from './helpRoutes.ts';
import { addKiosk, kioskOf, lockKiosk, takeWalkIn } from './kiosk.ts';
import { listOwnTickets } from './listOwnTickets.ts';
import { tickets } from './model.ts';
import { presentPaper, presentTicket } from './present.ts';
import type { QueueRoom } from './room.ts';
import { queueStatistics } from './statistics.ts';
import { display, hallQueue, kioskView, staffQueue, windowView } from './views.ts';

export const queueRoutes = (room: QueueRoom): readonly Route[] => [
  ...citizenRoutes(room),
  ...hallRoutes(room),
  ...windowRoutes(room),
  ...managerRoutes(room),
  ...helpRoutes(room),
];

function citizenRoutes(room: QueueRoom): Route[] {
  const mine = { limit: 'read', signIn: 'citizen', may: anyone } as const;
  return [
    route(
      'POST',
      '/api/queue/check-in',
      { ...mine, limit: 'write', body: CheckInRequest, answer: TicketView },
      async ({ citizen, body }) => presentTicket(await checkInMyself(room, citizen.personId, body), room),
    ),

    route('GET', '/api/queue/tickets', { ...mine, answer: TicketList }, async ({ citizen }) => ({
      tickets: await listOwnTickets(room, citizen.personId),
    })),

    route(
      'GET',
      '/api/queue/tickets/:id',
      { ...mine, params: TicketParams, answer: TicketView },
      async ({ citizen, params }) => {
        const ticket = await tickets().findOne({ _id: params.id, personId: citizen.personId }, newest());
        if (!ticket) throw new HallError(queueErrors.ticketUnknown);
        return presentTicket(ticket, room);
      },
    ),

    route(
      'POST',
      '/api/queue/tickets/:id/leave',
      { ...mine, limit: 'write', params: TicketParams, answer: TicketView },
      async ({ citizen, params }) => presentTicket(await leaveLine(room, citizen.personId, params.id), room),
    ),
  ];
}

/** Open to everybody in the hall: busy or free, the display, and the ticket machines (known by their token). */
function hallRoutes(room: QueueRoom): Route[] {
  const read = { limit: 'read', signIn: 'none', may: anyone } as const;
  const press = { ...read, limit: 'write' } as const;
  const token = 'x-kiosk';
  return [
    route(
      'GET',
      '/api/queue/halls/:hallId',
      { ...read, params: HallQueueParams, answer: HallQueue },
      ({ params }) => hallQueue(room, params.hallId),
    ),

    route(
      'GET',
      '/api/queue/display/:hallId',
      { ...read, params: HallQueueParams, query: DisplayQuery, answer: DisplayView },
      ({ params, query }) => display(room, params.hallId, query),
    ),

    route('GET', '/api/kiosk', { ...read, answer: KioskView }, async ({ ctx }) =>
      kioskView(room, await kioskOf(room, ctx.get(token), true)),
    ),

    route(
      'POST',
      '/api/kiosk/tickets',
      { ...press, body: KioskTicketRequest, answer: PaperTicket },
      async ({ ctx, body }) =>
        presentPaper(await takeWalkIn(room, await kioskOf(room, ctx.get(token)), body), room),
    ),

    route(
      'POST',
      '/api/kiosk/check-in',
      { ...press, body: KioskCheckInRequest, answer: PaperTicket },
      async ({ ctx, body }) =>
        presentPaper(await checkInAtKiosk(room, await kioskOf(room, ctx.get(token)), body.code), room),
    ),
  ];
}

function windowRoutes(room: QueueRoom): Route[] {
  const call = { limit: 'write', signIn: 'staff', may: can('queue.call') } as const;
  const at = '/api/staff/halls/:hallId/windows/:number';
  return [
    route('GET', at, { ...call, limit: 'read', params: WindowParams, answer: WindowView }, ({ params }) =>
      windowView(room, params.hallId, params.number),
    ),

    route(
      'POST',
      `${at}/open`,
      { ...call, params: WindowParams, body: OpenWindowRequest, answer: WindowView },
      async ({ staff, params, body }) => {
        await openWindow(room, params.hallId, params.number, staff, body.groups);
        return windowView(room, params.hallId, params.number);
      },
    ),

    route(
      'POST',
      `${at}/close`,
      { ...call, params: WindowParams, answer: WindowView },
      async ({ params }) => {
        await closeWindow(room, params.hallId, params.number);
        return windowView(room, params.hallId, params.number);
      },
    ),

    route(
      'POST',
      `${at}/call`,
      { ...call, params: WindowParams, answer: WindowView },
      async ({ staff, params }) => {
        await callNext(room, params.hallId, params.number, `staff:${staff.staffId}`);
        return windowView(room, params.hallId, params.number);
      },
    ),

    route(
      'POST',
      `${at}/tickets/:id`,
      { ...call, params: WindowTicketParams, body: TicketAction, answer: WindowView },
      async ({ staff, params, body }) => {
        const { hallId, number, id } = params;
        await actOnTicket(room, hallId, number, id, body, `staff:${staff.staffId}`);
        return windowView(room, hallId, number);
      },
    ),
  ];
}

function managerRoutes(room: QueueRoom): Route[] {
  const read = { limit: 'read', signIn: 'staff', may: can('queue.read') } as const;
  const manage = { limit: 'write', signIn: 'staff', may: can('queue.manage') } as const;
  return [
    route('GET', '/api/staff/queue', { ...read, query: StaffQueueQuery, answer: StaffQueue }, ({ query }) =>
      staffQueue(room, query.hall),
    ),

    route(
      'GET',
      '/api/staff/queue/statistics',
      { ...read, limit: 'heavy', query: StatisticsQuery, answer: QueueStatistics },
      ({ query }) => queueStatistics(query.hall, query.from, query.to),
    ),

    route(
      'GET',
      '/api/staff/halls/:hallId/check-in-qr',
      { ...read, params: HallQueueParams, answer: HallQr },
      ({ params }) => ({ text: hallQrText(params.hallId, room.secret) }),
    ),

    route('POST', '/api/staff/kiosks', { ...manage, body: NewKioskRequest, answer: NewKiosk }, ({ body }) =>
      addKiosk(body.hall, body.name),
    ),

    route(
      'POST',
      '/api/staff/kiosks/:id/lock',
      { ...manage, params: KioskParams, body: KioskLockRequest, answer: 'nothing' },
      async ({ params, body }) => {
        if (!(await lockKiosk(params.id, body.locked))) throw new HallError(queueErrors.kioskUnknown);
      },
    ),
  ];
}
