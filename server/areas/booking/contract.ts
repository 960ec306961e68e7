import { z } from 'zod';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** HELD → BOOKED → CHECKED_IN → SERVING → DONE, or an end on the way (government-systems.md 1.3). */
export const BookingState = z.enum([
  'held',
  'booked',
  'checkedIn',
  'serving',
  'done',
  'cancelled',
  'cancelledByHall',
  'expired',
  'noShow',
  'rescheduled',
]);
export type BookingState = z.infer<typeof BookingState>;

export const DaysQuery = z.object({ matter: z.string().max(40), hall: z.string().max(40) });
export const BookingDay = z.object({
  date: Day,
  /** 「11月26日 周四」 */
  label: z.string(),
  state: z.enum(['open', 'full', 'closed', 'notReleased']),
  /** Why it is closed or when it will be released, in Chinese; null when open. */
  note: z.string().nullable(),
  left: z.number(),
});
export type BookingDay = z.infer<typeof BookingDay>;
export const BookingDays = z.object({
  days: z.array(BookingDay),
  /** The rules in the citizen's words: 「可提前 5 个工作日预约」… */
  rules: z.array(z.string()),
});
export type BookingDays = z.infer<typeof BookingDays>;

export const SlotsQuery = DaysQuery.extend({ date: Day });
export const BookingSlot = z.object({
  start: Time,
  end: Time,
  state: z.enum(['open', 'full', 'past', 'beingTaken']),
  left: z.number(),
  /** How many wait for it. */
  waiting: z.number(),
  /** Full, and one may join the line. */
  canWait: z.boolean().optional(),
});
export const BookingSlots = z.object({ date: Day, label: z.string(), slots: z.array(BookingSlot) });
export type BookingSlot = z.infer<typeof BookingSlot>;
export type BookingSlots = z.infer<typeof BookingSlots>;

/** The work done, or the question answered, for a challenge that `booking.prove_human` gave in its details. */
export const HumanProof = z.object({
  challenge: z.string().max(40),
  nonce: z.string().max(40).optional(),
  answer: z.string().max(20).optional(),
});
export type HumanProof = z.infer<typeof HumanProof>;

/** Takes a place for 15 minutes. The same request again by the same person answers the same hold. */
export const HoldRequest = z.object({
  matter: z.string().max(40),
  hall: z.string().max(40),
  date: Day,
  start: Time,
  /** Further matters to be done in the same visit, at the same windows. */
  also: z.array(z.string().max(40)).max(4).optional(),
  /** An authorisation of mine: the visit is for the one who gave it, and counts in their quota. */
  onBehalf: z.string().max(40).optional(),
  /** The answer to `booking.prove_human`. */
  proof: HumanProof.optional(),
});
/** Asked for on a burst: a nonce so that SHA-256 of `salt:nonce` begins with `bits` zero bits, or an answer. */
export const HumanChallenge = z.object({
  id: z.string(),
  salt: z.string(),
  bits: z.number(),
  question: z.string(),
});
export type HumanChallenge = z.infer<typeof HumanChallenge>;
/** `priority`: one of the groups the hold offers; proof is shown at the window. */
export const ConfirmRequest = z.object({ priority: z.string().max(20).optional() });
const PriorityGroup = z.object({ id: z.string(), label: z.string(), proof: z.string() });
export type HoldRequest = z.infer<typeof HoldRequest>;

export const BookingView = z.object({
  id: z.string(),
  /** What people read out at the desk: 「ZC2611260017」; null while only held. */
  number: z.string().nullable(),
  state: BookingState,
  stateLabel: z.string(),
  /** With several matters: the first one's id and 「居民身份证换领等2项」. */
  matter: z.object({ id: z.string(), name: z.string() }),
  /** All matters of the visit. */
  matters: z.array(z.object({ id: z.string(), name: z.string() })),
  hall: z.object({ id: z.string(), name: z.string(), address: z.string(), zone: z.string().nullable() }),
  date: Day,
  dayLabel: z.string(),
  start: Time,
  end: Time,
  materials: z.array(z.object({ name: z.string(), note: z.string().nullable(), needed: z.boolean() })),
  /** ISO instant until which a hold lasts; null once booked. */
  holdUntil: z.string().nullable(),
  /** Text of the QR code shown at the hall. */
  qrText: z.string().nullable(),
  /** The booking of which this one took the place, and the one that was offered or chosen instead of it. */
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  canReschedule: z.boolean(),
  canCancel: z.boolean(),
  /** 「可在 11月26日 08:30 前取消」 */
  cancelNote: z.string().nullable(),
  createdAt: z.string(),
  /** From when one may check in at the hall; null where that is not to come. */
  checkInFrom: z.string().nullable(),
  /** Where it was made: 「微信小程序」「市预约系统」. */
  channelLabel: z.string(),
  /** For whom, where that is not the one who books; masked. */
  served: z.object({ kind: z.enum(['person', 'enterprise']), name: z.string() }).nullable(),
  /** True: somebody else booked it for the one who asks. */
  byAnother: z.boolean(),
  priority: PriorityGroup.nullable(),
  /** What may be said at the confirmation; empty once booked. */
  priorityChoices: z.array(PriorityGroup),
});
export type BookingView = z.infer<typeof BookingView>;

/** waiting → offered → accepted, declined or passed (silence); or left, or closed without an offer. */
export const WaitState = z.enum(['waiting', 'offered', 'accepted', 'declined', 'passed', 'left', 'closed']);
export type WaitState = z.infer<typeof WaitState>;
/** The line for a full slot, or without `start` for any time of a full day. */
export const WaitRequest = z.object({
  matter: z.string().max(40),
  hall: z.string().max(40),
  date: Day,
  start: Time.optional(),
});
export type WaitRequest = z.infer<typeof WaitRequest>;
export const WaitView = z.object({
  id: z.string(),
  matter: z.object({ id: z.string(), name: z.string() }),
  hall: z.object({ id: z.string(), name: z.string(), zone: z.string().nullable() }),
  date: Day,
  dayLabel: z.string(),
  /** Null: any time of the day. Once offered, the time of the offer. */
  start: Time.nullable(),
  end: Time.nullable(),
  state: WaitState,
  stateLabel: z.string(),
  /** People in front; null once it is over. */
  ahead: z.number().nullable(),
  /** The hold that is offered: confirm it like any other. */
  bookingId: z.string().nullable(),
  offerUntil: z.string().nullable(),
  /** Why nothing came of it. */
  note: z.string().nullable(),
  createdAt: z.string(),
});
export type WaitView = z.infer<typeof WaitView>;
export const WaitList = z.object({ waits: z.array(WaitView) });
export type WaitList = z.infer<typeof WaitList>;
export const WaitParams = z.object({ id: z.string().regex(/^[0-9A-Z]{26}$/) });

export const BookingsQuery = z.object({ state: z.enum(['open', 'past']).default('open') });
export const BookingList = z.object({ bookings: z.array(BookingView) });
export type BookingList = z.infer<typeof BookingList>;

/** The booking's id or its number. */
export const BookingParams = z.object({ id: z.string().regex(/^[0-9A-Z]{10,32}$/) });
/** A booking for somebody at the desk or on the telephone. */
export const DeskRequest = z.object({
  name: z.string().trim().min(2).max(40),
  idNumber: z.string().trim().min(8).max(20),
  phone: z
    .string()
    .regex(/^1\d{10}$/)
    .optional(),
  matter: z.string().max(40),
  hall: z.string().max(40),
  date: Day,
  start: Time,
  priority: z.string().max(20).optional(),
});
export type DeskRequest = z.infer<typeof DeskRequest>;
/** By staff: the person is told why, and another time is held for them. */
export const StaffCancelRequest = z.object({ reason: z.string().trim().min(2).max(14) });
export const CancelRequest = z.object({ reason: z.string().trim().max(100).optional() });

export const StaffBookingsQuery = z.object({
  date: Day.optional(),
  hall: z.string().max(40).optional(),
  q: z.string().max(40).optional(),
  page: z.coerce.number().int().min(1).max(1000).default(1),
});
export const StaffBookingRow = z.object({
  id: z.string(),
  number: z.string(),
  state: BookingState,
  stateLabel: z.string(),
  matter: z.string(),
  hall: z.string(),
  zone: z.string().nullable(),
  date: Day,
  start: Time,
  end: Time,
  /** Masked: 「王*明」, 「138****0001」. */
  person: z.string(),
  phone: z.string().nullable(),
  channel: z.string(),
  /** For whom, where the person books for another. */
  served: z.string().nullable(),
  /** 「残疾人 · 核对残疾人证」 */
  priority: z.string().nullable(),
});
export type StaffBookingRow = z.infer<typeof StaffBookingRow>;
/** Another time for the same visit; the old place is kept until the new one is won. */
export const RescheduleRequest = z.object({ date: Day, start: Time });

/** What counts against a person: shown before they book, and open to appeal. */
export const StandingView = z.object({
  /** Weight that counts now, and at how much booking is paused. */
  strikes: z.number(),
  limit: z.number(),
  pausedUntil: z.string().nullable(),
  /** 「再爽约 1 次将暂停网上预约 30 天」; null when nothing counts. */
  note: z.string().nullable(),
  missed: z.array(
    z.object({
      bookingId: z.string(),
      at: z.string(),
      weight: z.number(),
      /** 「未到场」「临近取消」 */
      kindLabel: z.string(),
      forgiven: z.boolean(),
      appeal: z.enum(['none', 'open', 'granted', 'refused']),
      /** What staff answered to the appeal. */
      decision: z.string().nullable(),
    }),
  ),
});
export type StandingView = z.infer<typeof StandingView>;
export const AppealRequest = z.object({ reason: z.string().trim().min(5).max(300) });

export const AppealParams = z.object({ id: z.string().regex(/^[0-9A-Z]{26}$/) });
export const AppealsQuery = z.object({ state: z.enum(['open', 'granted', 'refused']).default('open') });
export const AppealRow = z.object({
  id: z.string(),
  state: z.enum(['open', 'granted', 'refused']),
  person: z.string(),
  bookingNumber: z.string().nullable(),
  matter: z.string(),
  hall: z.string(),
  date: Day,
  start: Time,
  reason: z.string(),
  decision: z.string().nullable(),
  createdAt: z.string(),
});
export const AppealList = z.object({ appeals: z.array(AppealRow) });
export type AppealList = z.infer<typeof AppealList>;
export const AppealDecision = z.object({ grant: z.boolean(), why: z.string().trim().min(2).max(300) });

/** Closes a day, or a part of it, of a hall. `preview` only tells whom it would hit. */
export const CloseRequest = z.object({
  hall: z.string().max(40),
  date: Day,
  from: Time.default('00:00'),
  to: Time.default('23:59'),
  /** Told to citizens: 「台风红色预警停办」. */
  reason: z.string().trim().min(2).max(14),
});
export const ClosureView = z.object({
  hall: z.string(),
  date: Day,
  from: Time,
  to: Time,
  reason: z.string(),
  /** The bookings it hits. */
  hit: z.array(StaffBookingRow),
  /** How many were offered a new place, and how many could not be. */
  offered: z.number(),
  withoutOffer: z.number(),
});
export type ClosureView = z.infer<typeof ClosureView>;

export const StaffBookings = z.object({
  date: Day,
  rows: z.array(StaffBookingRow),
  total: z.number(),
  counts: z.object({ booked: z.number(), cancelled: z.number(), done: z.number(), noShow: z.number() }),
  /** Of the whole day, not only of this page: how many visits begin at each time; given-back places do not count. */
  starts: z.array(z.object({ start: Time, count: z.number() })),
});
export type StaffBookings = z.infer<typeof StaffBookings>;

const Intervals = z
  .array(z.tuple([Time, Time]).refine(([from, to]) => from < to, '开始时间要早于结束时间'))
  .max(6);
const Weekly = z.object({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  intervals: Intervals,
});
const OwnHours = z.array(Weekly).max(7).nullable();
/** When a hall works and with which windows: hall, zone, window, matter; null hours = as the larger unit. */
export const Timetable = z.object({
  hours: z.array(Weekly).max(7),
  exceptions: z
    .array(z.object({ date: Day, intervals: Intervals, reason: z.string().trim().min(2).max(30) }))
    .max(200),
  zones: z
    .array(
      z.object({
        code: z.string().regex(/^[A-Z0-9]{1,4}$/),
        name: z.string().trim().min(1).max(30),
        floor: z.string().max(20),
        hours: OwnHours,
        windows: z
          .array(
            z.object({
              number: z.string().trim().min(1).max(10),
              name: z.string().trim().min(1).max(30),
              group: z.string().trim().min(1).max(20),
              departments: z.array(z.string().max(60)).max(20),
              hours: OwnHours,
            }),
          )
          .max(300),
      }),
    )
    .min(1)
    .max(20),
  extended: z
    .array(
      Weekly.extend({
        groups: z.array(z.string().max(20)).min(1).max(30),
        from: Day.nullable(),
        to: Day.nullable(),
      }),
    )
    .max(50),
  matterHours: z.array(Weekly.extend({ matterId: z.string().max(40) })).max(200),
});
export type Timetable = z.infer<typeof Timetable>;
export const ScheduleParams = z.object({ id: z.string().max(40) });
export const ScheduleView = Timetable.extend({
  hall: z.object({ id: z.string(), name: z.string() }),
  version: z.number(),
  /** Newest first: who changed what, when and why. */
  history: z.array(z.object({ at: z.string(), by: z.string(), why: z.string(), what: z.array(z.string()) })),
});
export type ScheduleView = z.infer<typeof ScheduleView>;
/** `version` is the one that was looked at: who changes an older one is told so. */
export const ScheduleRequest = z.object({
  version: z.number().int().min(0),
  /** Told to citizens whose booking is moved, and kept in the history. */
  why: z.string().trim().min(2).max(14),
  timetable: Timetable,
});
export type ScheduleRequest = z.infer<typeof ScheduleRequest>;
export const ScheduleEffect = z.object({
  /** What differs, in words. */
  what: z.array(z.string()),
  hit: z.array(StaffBookingRow),
  offered: z.number(),
  withoutOffer: z.number(),
});
export type ScheduleEffect = z.infer<typeof ScheduleEffect>;

export const bookingErrors = {
  matterNotHere: {
    id: 'booking.matter_not_here',
    status: 404,
    message: '这个大厅不办理该事项，请换一个大厅。',
  },
  notTogether: {
    id: 'booking.not_together',
    status: 409,
    message: '这些事项不在同一类窗口办理，请分开预约。',
  },
  dayClosed: { id: 'booking.day_closed', status: 409, message: '大厅当天不对外办公，请选择其他日期。' },
  dayNotReleased: {
    id: 'booking.day_not_released',
    status: 409,
    message: '这一天还没有放号，请选择其他日期。',
  },
  slotUnknown: { id: 'booking.slot_unknown', status: 404, message: '没有这个预约时段，请重新选择。' },
  slotPast: { id: 'booking.slot_past', status: 409, message: '这个时段已经过去，请选择其他时段。' },
  slotFull: { id: 'booking.slot_full', status: 409, message: '该时段已约满，请选择其他时段。' },
  alreadyBooked: { id: 'booking.already_booked', status: 409, message: '您当天已预约该事项，不能重复预约。' },
  dayQuota: { id: 'booking.day_quota', status: 409, message: '每人每天最多预约 2 项，您当天的预约已满。' },
  openQuota: {
    id: 'booking.open_quota',
    status: 409,
    message: '您未办理的预约已达 5 项，请先办理或取消后再约。',
  },
  paused: {
    id: 'booking.paused',
    status: 403,
    message: '您因多次爽约，网上预约暂停中；仍可到现场取号办理。',
  },
  cannotMove: { id: 'booking.cannot_move', status: 409, message: '这个预约现在不能改期了。' },
  moveTooLate: {
    id: 'booking.move_too_late',
    status: 409,
    message: '离预约时间太近，已不能改期；如不能前来，请取消或致电大厅。',
  },
  strikeUnknown: { id: 'booking.strike_unknown', status: 404, message: '没有找到这条爽约记录。' },
  appealDecided: { id: 'booking.appeal_decided', status: 409, message: '这条申诉已经处理。' },
  placeFree: { id: 'booking.place_free', status: 409, message: '还有名额，不用候补，直接预约就行。' },
  waitClosed: {
    id: 'booking.wait_closed',
    status: 409,
    message: '离办理时间太近，已不能候补，请选择其他时段。',
  },
  waitQuota: {
    id: 'booking.wait_quota',
    status: 409,
    message: '您正在候补的已达上限，请先退出一个再候补。',
  },
  waitFull: { id: 'booking.wait_full', status: 409, message: '候补的人已经很多，请选择其他时段。' },
  waitUnknown: { id: 'booking.wait_unknown', status: 404, message: '没有找到这个候补。' },
  hallUnknown: { id: 'booking.hall_unknown', status: 404, message: '没有找到这个大厅。' },
  proveHuman: {
    id: 'booking.prove_human',
    status: 403,
    message: '请求太密集，请先确认是您本人在操作；也可以拨打 12345 或直接到大厅取号。',
  },
  badIdNumber: { id: 'booking.bad_id_number', status: 400, message: '身份证号码不对，请核对后再填。' },
  notBooked: { id: 'booking.not_booked', status: 409, message: '这个预约还没有确认，确认后再加到日历。' },
  priorityUnknown: { id: 'booking.priority_unknown', status: 400, message: '没有这类优先对象，请重新选择。' },
  scheduleChanged: {
    id: 'booking.schedule_changed',
    status: 409,
    message: '这个大厅的安排刚被别人改过，请刷新后再改。',
  },
  scheduleWrong: { id: 'booking.schedule_wrong', status: 400, message: '安排有误，请检查后再保存。' },
  notFound: { id: 'booking.not_found', status: 404, message: '没有找到这个预约。' },
  holdExpired: { id: 'booking.hold_expired', status: 409, message: '为您保留的名额已过期，请重新选择时段。' },
  cannotCancel: { id: 'booking.cannot_cancel', status: 409, message: '这个预约现在不能取消了。' },
  cancelTooLate: {
    id: 'booking.cancel_too_late',
    status: 409,
    message: '离预约时间太近，已不能取消；如不能前来，请致电大厅。',
  },
} as const;
