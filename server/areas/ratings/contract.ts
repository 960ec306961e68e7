import { z } from 'zod';

const Id = z.string().regex(/^[0-9A-Z]{26}$/);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** 5 非常满意 … 1 非常不满意 (GB/T 39735-2020); 1 and 2 are bad. */
export const Level = z.number().int().min(1).max(5);

/** toContact → fixing → answered → closed; appealed → voided, or back. */
export const OrderState = z.enum(['toContact', 'fixing', 'answered', 'closed', 'appealed', 'voided']);
export type OrderState = z.infer<typeof OrderState>;

/** A service that can be, or has been, rated; as its citizen sees it. */
export const RatingView = z.object({
  id: Id,
  kind: z.enum(['hall', 'online']),
  matter: z.string(),
  department: z.string(),
  place: z.string().nullable(),
  number: z.string(),
  finishedAt: z.string(),
  /** Can still be rated. */
  open: z.boolean(),
  /** The last day to rate. */
  until: Day,
  /** Null: not rated. `silent`: nobody did, and it counts as 基本满意, apart. */
  rating: z
    .object({
      source: z.enum(['active', 'silent']),
      level: Level,
      levelLabel: z.string(),
      tags: z.array(z.string()),
      text: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
  /** What became of a bad rating. */
  order: z
    .object({
      state: OrderState,
      stateLabel: z.string(),
      answer: z.string().nullable(),
      /** The day by which somebody calls, or answers. */
      due: Day.nullable(),
      mayFollowUp: z.boolean(),
    })
    .nullable(),
  /** What can be chosen beside the level. */
  tags: z.object({ good: z.array(z.string()), bad: z.array(z.string()) }),
});
export type RatingView = z.infer<typeof RatingView>;
export const RatingList = z.object({ ratings: z.array(RatingView) });
export type RatingList = z.infer<typeof RatingList>;

export const RatingParams = z.object({ id: Id });
export const RateRequest = z.object({
  level: Level,
  tags: z.array(z.string().max(12)).max(6).default([]),
  text: z.string().trim().max(500).default(''),
});
export type RateRequest = z.output<typeof RateRequest>;
export const NumberRequest = z.object({
  name: z.string().trim().min(2).max(60),
  number: z.string().trim().min(4).max(60),
});
export const RateByNumberRequest = RateRequest.extend(NumberRequest.shape);
export const FollowUpRequest = z.object({
  satisfied: z.boolean(),
  text: z.string().trim().max(500).default(''),
});

export const GuideParams = z.object({ matterId: z.string().max(40) });
export const GuideRequest = z.object({ level: Level });
/** Ratings of a guide: 「这份指南有用吗」. */
export const GuideView = z.object({
  count: z.number(),
  /** Mean to one decimal; null without any. */
  mean: z.number().nullable(),
  mine: Level.nullable(),
});
export type GuideView = z.infer<typeof GuideView>;

export const Counts = z.object({
  key: z.string(),
  /** Chosen by people, by level 1 … 5. */
  levels: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]),
  active: z.number(),
  /** Nobody rated in time. */
  silent: z.number(),
  bad: z.number(),
  /** Share of 3 and better among what people chose, in percent to one decimal; null without any. */
  satisfied: z.number().nullable(),
});
export type Counts = z.infer<typeof Counts>;

export const PublicQuery = z.object({ month: Month.optional() });
/** The public table of a month. No personal data. */
export const PublicTable = z.object({
  month: Month,
  months: z.array(Month),
  total: Counts,
  departments: z.array(Counts),
  /** Bad ratings of the month: how many, and how many are answered. */
  orders: z.object({ all: z.number(), answered: z.number() }),
});
export type PublicTable = z.infer<typeof PublicTable>;

export const StatisticsQuery = z
  .object({
    from: Day,
    to: Day,
    department: z.string().max(60).optional(),
    hall: z.string().max(60).optional(),
  })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= 400 * 86_400_000);
export const RatingStatistics = z.object({
  from: Day,
  to: Day,
  total: Counts,
  byDay: z.array(Counts),
  byDepartment: z.array(Counts),
  /** Of the chosen department, else of all. */
  byMatter: z.array(Counts),
  byHall: z.array(Counts),
  /** Of the chosen hall, else of all. */
  byWindow: z.array(Counts),
  byHour: z.array(Counts),
});
export type RatingStatistics = z.infer<typeof RatingStatistics>;

export const StaffRatingsQuery = z.object({
  view: z.enum(['all', 'bad', 'text']).default('all'),
  before: Id.optional(),
});
export const StaffRating = z.object({
  id: Id,
  matter: z.string(),
  department: z.string(),
  place: z.string().nullable(),
  number: z.string(),
  source: z.enum(['active', 'silent']),
  level: Level,
  levelLabel: z.string(),
  tags: z.array(z.string()),
  text: z.string().nullable(),
  /** A text is shown to the public only after somebody has read it. */
  textState: z.enum(['none', 'held', 'shown', 'kept']),
  at: z.string(),
  voided: z.boolean(),
});
export type StaffRating = z.infer<typeof StaffRating>;
export const StaffRatings = z.object({ ratings: z.array(StaffRating), next: Id.nullable() });
export type StaffRatings = z.infer<typeof StaffRatings>;
export const TextDecision = z.object({ show: z.boolean() });

export const OrdersQuery = z.object({ view: z.enum(['open', 'appealed', 'over']).default('open') });
export const OrderRow = z.object({
  id: Id,
  state: OrderState,
  stateLabel: z.string(),
  matter: z.string(),
  department: z.string(),
  place: z.string().nullable(),
  number: z.string(),
  level: Level,
  levelLabel: z.string(),
  tags: z.array(z.string()),
  text: z.string().nullable(),
  ratedAt: z.string(),
  dueContact: Day,
  dueFix: Day,
  /** What is late now. */
  late: z.enum(['contact', 'fix']).nullable(),
  answer: z.string().nullable(),
  /** The masked name and phone, to call. */
  citizen: z.string().nullable(),
  phone: z.string().nullable(),
  /** What the reader may do now. */
  acts: z.array(z.string()),
  history: z.array(
    z.object({ at: z.string(), who: z.string(), what: z.string(), why: z.string().nullable() }),
  ),
});
export type OrderRow = z.infer<typeof OrderRow>;
export const OrderList = z.object({ orders: z.array(OrderRow) });
export type OrderList = z.infer<typeof OrderList>;

const why = z.string().trim().min(2).max(500);
export const OrderAct = z.discriminatedUnion('do', [
  /** They were called; `why` says what was said. */
  z.object({ do: z.literal('contact'), why }),
  z.object({ do: z.literal('handOver'), department: z.string().trim().min(2).max(60), why }),
  z.object({ do: z.literal('extend'), why }),
  z.object({ do: z.literal('answer'), why }),
  z.object({ do: z.literal('appeal'), why }),
  z.object({ do: z.literal('agree'), why }),
  z.object({ do: z.literal('refuse'), why }),
]);
export type OrderAct = z.infer<typeof OrderAct>;

export const ratingsErrors = {
  unknown: { id: 'ratings.unknown', status: 404, message: '没有找到可以评价的服务，请核对姓名和办件编号。' },
  alreadyRated: {
    id: 'ratings.already_rated',
    status: 409,
    message: '这次服务已经评价过，一次服务只评价一次。',
  },
  tooLate: { id: 'ratings.too_late', status: 409, message: '评价时间已过；有意见可以拨打 12345。' },
  badTag: { id: 'ratings.bad_tag', status: 400, message: '评价标签有变化，请返回后重新选择。' },
  tooManyMisses: {
    id: 'ratings.too_many_misses',
    status: 429,
    message: '连续几次没有对上，请 15 分钟后再试，或到窗口评价。',
  },
  noFollowUp: { id: 'ratings.no_follow_up', status: 409, message: '这条评价现在不能追评。' },
  orderUnknown: { id: 'ratings.order_unknown', status: 404, message: '没有找到这张整改单。' },
  orderChanged: {
    id: 'ratings.order_changed',
    status: 409,
    message: '这张整改单的状态已变化，请刷新后再处理。',
  },
  ownAppeal: { id: 'ratings.own_appeal', status: 403, message: '自己提出的申诉，要由另一位同事决定。' },
} as const;
