import { z } from 'zod';

/** waiting → called → serving → done; back to waiting after a missed turn, a park or a transfer; or an end. */
export const TicketState = z.enum(['waiting', 'called', 'serving', 'parked', 'done', 'expired', 'left']);
export type TicketState = z.infer<typeof TicketState>;

/** Why one stands where one stands: `booked` (预约), `priority` (优先), `walkIn` (现场). */
export const TicketKind = z.enum(['booked', 'priority', 'walkIn']);
export type TicketKind = z.infer<typeof TicketKind>;

/** A wait in minutes, as a range; null where nothing is known yet (no window has served anybody today). */
export const Wait = z.object({ from: z.number(), to: z.number() });
export type Wait = z.infer<typeof Wait>;

export const TicketView = z.object({
  id: z.string(),
  /** What is called: 「B017」. */
  label: z.string(),
  kind: TicketKind,
  kindLabel: z.string(),
  state: TicketState,
  stateLabel: z.string(),
  hall: z.object({ id: z.string(), name: z.string(), zone: z.string().nullable() }),
  /** The kind of windows: 「户政」. */
  group: z.string(),
  matter: z.string().nullable(),
  /** The window that calls or serves; null while waiting. */
  window: z.string().nullable(),
  /** How many are before you; 0 = next. Null once called or over. */
  ahead: z.number().nullable(),
  wait: Wait.nullable(),
  /** What is called in your line now, newest first (at most 3). */
  nowCalling: z.array(z.object({ label: z.string(), window: z.string() })),
  /** 「迟到，按现场号排队」 and the like. */
  note: z.string().nullable(),
  issuedAt: z.string(),
  calledAt: z.string().nullable(),
  bookingId: z.string().nullable(),
  /** The server's time of this answer: each look is the newest. */
  asOf: z.string(),
});
export type TicketView = z.infer<typeof TicketView>;

/** Turns a booking into a ticket: at the hall by its QR text, or by where the phone is (GCJ-02, at most 500 m away). */
export const CheckInRequest = z.object({
  booking: z.string().regex(/^[0-9A-Z]{10,32}$/),
  hallQr: z.string().max(120).optional(),
  place: z
    .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional(),
});
export const TicketParams = z.object({ id: z.string().regex(/^[0-9A-Z]{26}$/) });
export const TicketList = z.object({ tickets: z.array(TicketView) });
export type TicketList = z.infer<typeof TicketList>;

/** Busy or free, a line a kind of window. */
export const HallQueue = z.object({
  hall: z.object({ id: z.string(), name: z.string() }),
  open: z.boolean(),
  level: z.enum(['free', 'normal', 'busy', 'closed']),
  /** 「空闲」「适中」「繁忙」「未开放」 */
  levelLabel: z.string(),
  lines: z.array(
    z.object({
      group: z.string(),
      zone: z.string(),
      waiting: z.number(),
      windowsOpen: z.number(),
      wait: Wait.nullable(),
      ticketsOut: z.boolean(),
    }),
  ),
  asOf: z.string(),
});
export type HallQueue = z.infer<typeof HallQueue>;
export const HallQueueParams = z.object({ hallId: z.string().max(40) });

/** The hall's screen: numbers only, no names. Polled; `screen` makes it a heartbeat of that screen. */
export const DisplayQuery = z.object({
  zone: z.string().max(10).optional(),
  screen: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional(),
});
export const DisplayView = z.object({
  hall: z.string(),
  zone: z.string().nullable(),
  /** Newest first; a higher `seq` is a newer call, and `times` counts how often it was called (to speak it again). */
  calls: z.array(
    z.object({ seq: z.number(), label: z.string(), window: z.string(), times: z.number(), at: z.string() }),
  ),
  lines: z.array(z.object({ group: z.string(), waiting: z.number() })),
  asOf: z.string(),
});
export type DisplayView = z.infer<typeof DisplayView>;

/** Kiosk pages carry their token in the header `X-Kiosk`. */
export const KioskView = z.object({
  name: z.string(),
  hall: z.object({ id: z.string(), name: z.string() }),
  locked: z.boolean(),
  groups: z.array(
    z.object({
      group: z.string(),
      zone: z.string(),
      waiting: z.number(),
      wait: Wait.nullable(),
      /** Why no ticket can be had: 「今天的号已发完」; null when one can. */
      closedNote: z.string().nullable(),
    }),
  ),
  asOf: z.string(),
});
export type KioskView = z.infer<typeof KioskView>;
export const KioskTicketRequest = z.object({
  group: z.string().max(20),
  /** Elderly, disabled, pregnant, servicemen: proven at the window, never here. */
  priority: z.boolean().default(false),
  /** Chosen by the page: the same request again answers the same ticket. */
  requestId: z.string().regex(/^[\w-]{8,64}$/),
});
/** The text of the booking's QR code, or its number. */
export const KioskCheckInRequest = z.object({ code: z.string().min(10).max(120) });
export const PaperTicket = z.object({
  label: z.string(),
  kind: TicketKind,
  kindLabel: z.string(),
  hall: z.string(),
  group: z.string(),
  ahead: z.number().nullable(),
  wait: Wait.nullable(),
  issuedAt: z.string(),
  note: z.string().nullable(),
});
export type PaperTicket = z.infer<typeof PaperTicket>;

export const WindowParams = z.object({ hallId: z.string().max(40), number: z.string().max(10) });
export const OpenWindowRequest = z.object({
  /** The kinds of visits this window takes; default: the group it belongs to. */
  groups: z.array(z.string().max(20)).min(1).max(10).optional(),
});
export const StaffTicket = z.object({
  id: z.string(),
  label: z.string(),
  kind: TicketKind,
  kindLabel: z.string(),
  state: TicketState,
  stateLabel: z.string(),
  group: z.string(),
  matter: z.string().nullable(),
  bookingNumber: z.string().nullable(),
  /** Masked; null for a walk-in. */
  person: z.string().nullable(),
  calls: z.number(),
  misses: z.number(),
  waitedMinutes: z.number(),
  note: z.string().nullable(),
});
export type StaffTicket = z.infer<typeof StaffTicket>;
export const WindowView = z.object({
  hallId: z.string(),
  number: z.string(),
  groups: z.array(z.string()),
  open: z.boolean(),
  /** Name of who sits there. */
  staff: z.string().nullable(),
  /** Called or in service here. */
  ticket: StaffTicket.nullable(),
  waiting: z.number(),
  parked: z.array(StaffTicket),
  asOf: z.string(),
});
export type WindowView = z.infer<typeof WindowView>;
/** `finish` ends it; `wait` parks it; `move` sends it to another kind of window. */
export const TicketAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('recall') }),
  z.object({ do: z.literal('serve') }),
  z.object({ do: z.literal('miss') }),
  z.object({ do: z.literal('park'), why: z.string().trim().max(100).optional() }),
  z.object({ do: z.literal('resume') }),
  z.object({ do: z.literal('move'), group: z.string().max(20), why: z.string().trim().max(100).optional() }),
  z.object({ do: z.literal('finish') }),
]);
export type TicketAction = z.infer<typeof TicketAction>;
export const WindowTicketParams = WindowParams.extend({ id: z.string().regex(/^[0-9A-Z]{26}$/) });

export const StaffQueueQuery = z.object({ hall: z.string().max(40) });
/** The live dashboard of a hall. */
export const StaffQueue = z.object({
  hall: z.object({ id: z.string(), name: z.string() }),
  lines: z.array(
    z.object({
      group: z.string(),
      zone: z.string(),
      waiting: z.number(),
      booked: z.number(),
      priority: z.number(),
      walkIn: z.number(),
      windowsOpen: z.number(),
      wait: Wait.nullable(),
      longestMinutes: z.number(),
    }),
  ),
  windows: z.array(
    z.object({
      number: z.string(),
      open: z.boolean(),
      groups: z.array(z.string()),
      ticket: z.string().nullable(),
      staff: z.string().nullable(),
    }),
  ),
  kiosks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      locked: z.boolean(),
      seenAt: z.string().nullable(),
      alive: z.boolean(),
    }),
  ),
  screens: z.array(z.object({ id: z.string(), seenAt: z.string(), alive: z.boolean() })),
  today: z.object({ issued: z.number(), served: z.number(), missed: z.number(), left: z.number() }),
  asOf: z.string(),
});
export type StaffQueue = z.infer<typeof StaffQueue>;

export const NewKioskRequest = z.object({
  hall: z.string().max(40),
  name: z.string().trim().min(1).max(30),
});
/** The token is shown once; the page keeps it. */
export const NewKiosk = z.object({ id: z.string(), token: z.string() });
export const KioskParams = z.object({ id: z.string().regex(/^[0-9A-Z]{26}$/) });
export const KioskLockRequest = z.object({ locked: z.boolean() });
/** Text for the poster with the hall's check-in QR code. */
export const HallQr = z.object({ text: z.string() });

export const StatisticsQuery = z.object({
  hall: z.string().max(40),
  from: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  to: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
});
export const StatisticsRow = z.object({
  key: z.string(),
  tickets: z.number(),
  served: z.number(),
  missed: z.number(),
  waitMinutes: z.number().nullable(),
  serviceMinutes: z.number().nullable(),
});
export const QueueStatistics = z.object({
  byGroup: z.array(StatisticsRow),
  byHour: z.array(StatisticsRow),
  byMatter: z.array(StatisticsRow),
  bookings: z.object({ booked: z.number(), done: z.number(), noShow: z.number(), cancelled: z.number() }),
});
export type QueueStatistics = z.infer<typeof QueueStatistics>;

export const HelpKind = z.enum(['safety', 'medical', 'dispute', 'system']);
export type HelpKind = z.infer<typeof HelpKind>;
export const HelpRequest = z.object({ kind: HelpKind });
export const HelpParams = z.object({ id: z.string().regex(/^[0-9A-Z]{26}$/) });
export const HelpAnswer = z.object({ do: z.enum(['take', 'over']) });
/** A window's call for help: told to those who run the hall. */
export const HelpView = z.object({
  id: z.string(),
  hall: z.object({ id: z.string(), name: z.string() }),
  window: z.string(),
  kind: HelpKind,
  state: z.enum(['open', 'taken', 'over']),
  by: z.string(),
  at: z.string(),
  /** Names of those it was shown to. */
  told: z.array(z.string()),
  takenBy: z.string().nullable(),
});
export type HelpView = z.infer<typeof HelpView>;
export const HelpList = z.object({ calls: z.array(HelpView) });
export type HelpList = z.infer<typeof HelpList>;
/** Who sat at a window, newest first; `to` is null while they sit there. */
export const SittingList = z.object({
  sittings: z.array(
    z.object({
      staff: z.string(),
      groups: z.array(z.string()),
      from: z.string(),
      to: z.string().nullable(),
    }),
  ),
});
export type SittingList = z.infer<typeof SittingList>;

export const queueErrors = {
  tooEarly: { id: 'queue.too_early', status: 409, message: '还没到签到时间，请在预约时间前 30 分钟内签到。' },
  notToday: { id: 'queue.not_today', status: 409, message: '这个预约不是今天的，请在预约当天签到。' },
  notHere: {
    id: 'queue.not_here',
    status: 409,
    message: '您还不在大厅附近，请到大厅后再签到，或扫描大厅的签到二维码。',
  },
  cannotCheckIn: { id: 'queue.cannot_check_in', status: 409, message: '这个预约现在不能签到取号。' },
  codeUnknown: {
    id: 'queue.code_unknown',
    status: 404,
    message: '没有找到这个预约，请核对号码，或到咨询台办理。',
  },
  wrongHall: { id: 'queue.wrong_hall', status: 409, message: '这个预约在其他大厅办理，请核对地点。' },
  ticketUnknown: { id: 'queue.ticket_unknown', status: 404, message: '没有找到这张号票。' },
  groupUnknown: { id: 'queue.group_unknown', status: 404, message: '这个大厅没有这类窗口。' },
  closed: { id: 'queue.closed', status: 409, message: '大厅现在不取号，请在办公时间内取号。' },
  ticketsOut: { id: 'queue.tickets_out', status: 409, message: '今天的号已发完，请预约其他日期。' },
  kioskUnknown: { id: 'queue.kiosk_unknown', status: 401, message: '这台取号机没有登记，请联系工作人员。' },
  kioskLocked: { id: 'queue.kiosk_locked', status: 423, message: '这台取号机已暂停使用，请到其他取号机。' },
  windowUnknown: { id: 'queue.window_unknown', status: 404, message: '没有这个窗口。' },
  windowClosed: { id: 'queue.window_closed', status: 409, message: '窗口还没有开放，请先开放窗口。' },
  windowBusy: { id: 'queue.window_busy', status: 409, message: '窗口还有未办完的号，请先办结、过号或转出。' },
  nobodyWaiting: { id: 'queue.nobody_waiting', status: 409, message: '现在没有人等候。' },
  notAtWindow: { id: 'queue.not_at_window', status: 409, message: '这张号票不在您的窗口。' },
  helpUnknown: { id: 'queue.help_unknown', status: 404, message: '没有找到这次求助。' },
  helpTaken: { id: 'queue.help_taken', status: 409, message: '已经有人在处理。' },
  cannotDo: { id: 'queue.cannot_do', status: 409, message: '这张号票现在不能这样操作，请刷新后再试。' },
} as const;
