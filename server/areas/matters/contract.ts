import { z } from 'zod';

export const Audience = z.enum(['personal', 'enterprise']);
export type Audience = z.infer<typeof Audience>;

export const MatterCard = z.object({
  id: z.string(),
  name: z.string(),
  department: z.string(),
  audiences: z.array(Audience),
  topic: z.string(),
  /** 「当场办结」「承诺 5 个工作日」 */
  timeLabel: z.string(),
  feeLabel: z.string(),
  bookable: z.boolean(),
});
export type MatterCard = z.infer<typeof MatterCard>;

export const MattersQuery = z.object({
  audience: Audience.optional(),
  topic: z.string().max(20).optional(),
  hall: z.string().max(40).optional(),
  q: z.string().max(40).optional(),
  page: z.coerce.number().int().min(1).max(200).default(1),
});
export const MatterList = z.object({ matters: z.array(MatterCard), total: z.number() });
export type MatterList = z.infer<typeof MatterList>;

export const Topic = z.object({ id: z.string(), name: z.string(), audience: Audience, count: z.number() });
export type Topic = z.infer<typeof Topic>;
export const TopicList = z.object({ topics: z.array(Topic) });
export type TopicList = z.infer<typeof TopicList>;

export const MatterView = MatterCard.extend({
  /** 31-digit 实施编码. */
  code: z.string(),
  typeLabel: z.string(),
  legalTime: z.string(),
  promisedTime: z.string(),
  conditions: z.array(z.string()),
  /** In the citizen's words: 「带上身份证原件」. */
  materials: z.array(
    z.object({
      name: z.string(),
      note: z.string().nullable(),
      needed: z.boolean(),
      copies: z.number().nullable().default(null),
      /** Papers to download; the number is their place for `/api/matters/:id/files/:file`. */
      blankForms: z.array(z.object({ file: z.number(), name: z.string() })).default([]),
      samples: z.array(z.object({ file: z.number(), name: z.string() })).default([]),
    }),
  ),
  steps: z.array(z.object({ name: z.string(), text: z.string() })),
  laws: z.array(z.string()),
  questions: z.array(z.object({ question: z.string(), answer: z.string() })),
  phone: z.string().nullable(),
  /** Halls where it can be done in person, nearest kind first: the district hall, then town centres. */
  halls: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      zone: z.string().nullable(),
      bookable: z.boolean(),
      /** The windows that do it, as their signs number them. */
      windows: z.array(z.string()).default([]),
      /** 「周一至周五 09:00–12:00，13:00–17:00」, a line a pattern. */
      hours: z.array(z.string()).default([]),
    }),
  ),
  fees: z.array(z.object({ name: z.string(), standard: z.string(), law: z.string().nullable() })).default([]),
  /** Proofs that the hall can look up itself, so that nobody needs to bring them (R1.2, R1.3). */
  proofs: z
    .array(z.object({ id: z.string(), name: z.string(), replaces: z.array(z.string()), note: z.string() }))
    .default([]),
  /** Life events this matter is part of (一件事). */
  bundles: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  address: z.string().nullable().default(null),
  openingHours: z.string().nullable().default(null),
  source: z
    .object({
      /** `own`: kept by the hall; `fresh`; `stale`: the province does not answer; `missing`: it no longer finds it; `withdrawn`. */
      state: z.enum(['own', 'fresh', 'stale', 'missing', 'withdrawn']),
      /** The day and time of the last good copy. */
      at: z.string(),
    })
    .optional(),
  /** Minutes one visit takes, for booking. */
  minutes: z.number(),
  updatedAt: z.string(),
});
export type MatterView = z.infer<typeof MatterView>;

export const MatterParams = z.object({ id: z.string().max(40) });

export const MatterFileParams = MatterParams.extend({ file: z.coerce.number().int().min(0).max(199) });

/** A run of the sync, for staff. */
export const SyncRunView = z.object({
  id: z.string(),
  cause: z.enum(['nightly', 'staff']),
  askedBy: z.string().nullable(),
  force: z.boolean(),
  state: z.enum(['waiting', 'running', 'live', 'unchanged', 'refused', 'failed', 'interrupted']),
  askedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  total: z.number(),
  pages: z.number(),
  pagesDone: z.number(),
  received: z.number(),
  applied: z.number(),
  added: z.number(),
  changed: z.number(),
  withdrawn: z.number(),
  problem: z.string().nullable(),
  reasons: z.array(z.string()),
  unknownTypes: z.array(z.object({ code: z.string(), count: z.number(), example: z.string() })),
});
export type SyncRunView = z.infer<typeof SyncRunView>;

export const SyncView = z.object({
  /** False where the hall has no address of the province's system. */
  configured: z.boolean(),
  mayRun: z.boolean(),
  runs: z.array(SyncRunView),
  counts: z.object({
    offered: z.number(),
    fromSource: z.number(),
    withdrawn: z.number(),
    doubtful: z.number(),
  }),
  lastGoodAt: z.string().nullable(),
  /** Versions and cancellations that count from a later day. */
  upcoming: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      version: z.number(),
      on: z.string(),
      kind: z.enum(['version', 'cancellation']),
    }),
  ),
});
export type SyncView = z.infer<typeof SyncView>;

export const SyncRequest = z.object({ force: z.boolean().default(false) });

export const SourceMattersQuery = z.object({
  q: z.string().max(40).default(''),
  show: z.enum(['all', 'doubtful', 'withdrawn']).default('all'),
  page: z.coerce.number().int().min(1).max(500).default(1),
});
export const SourceMatter = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  department: z.string(),
  version: z.number().nullable(),
  withdrawn: z.boolean(),
  doubts: z.array(z.string()),
});
export type SourceMatter = z.infer<typeof SourceMatter>;
export const SourceMatterList = z.object({ matters: z.array(SourceMatter), total: z.number() });
export type SourceMatterList = z.infer<typeof SourceMatterList>;

/** What is the hall's own of a matter; the sync never touches it. */
export const MatterArrangement = z.object({
  topic: z.string().min(2).max(8),
  minutes: z.number().int().min(5).max(240),
  /** A hall stands once; `group` is a kind of interchangeable windows of it. */
  places: z
    .array(z.object({ hallId: z.string().max(40), group: z.string().max(20) }))
    .max(500)
    .refine((places) => new Set(places.map(({ hallId }) => hallId)).size === places.length, '大厅重复'),
});
export type MatterArrangement = z.infer<typeof MatterArrangement>;

/** What can be chosen in an arrangement. */
export const ArrangementChoices = z.object({
  topics: z.array(z.string()),
  halls: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      bookable: z.boolean(),
      groups: z.array(z.object({ group: z.string(), zone: z.string(), windows: z.number() })),
    }),
  ),
});
export type ArrangementChoices = z.infer<typeof ArrangementChoices>;

export const SourceMatterDetail = SourceMatter.extend({
  own: z.object({
    topic: z.string(),
    minutes: z.number(),
    places: z.array(z.object({ hallId: z.string(), hallName: z.string(), group: z.string() })),
    bookable: z.boolean(),
  }),
  checkedAt: z.string().nullable(),
  /** Of this look: null when nobody asked the source just now. */
  refreshed: z.enum(['changed', 'unchanged', 'missing', 'failed']).nullable(),
  /** Newest first. */
  versions: z.array(
    z.object({
      id: z.string(),
      version: z.number(),
      seenAt: z.string().nullable(),
      effectiveOn: z.string().nullable(),
      appliedAt: z.string().nullable(),
      /** Against the version before; null for the first. */
      differences: z
        .array(z.object({ field: z.string(), before: z.array(z.string()), after: z.array(z.string()) }))
        .nullable(),
    }),
  ),
});
export type SourceMatterDetail = z.infer<typeof SourceMatterDetail>;

export const Bundle = z.object({
  id: z.string(),
  name: z.string(),
  /** When somebody needs it, in a sentence. */
  when: z.string(),
  audience: Audience,
  /** How many matters it joins. */
  count: z.number(),
});
export type Bundle = z.infer<typeof Bundle>;
export const BundleList = z.object({ bundles: z.array(Bundle) });
export type BundleList = z.infer<typeof BundleList>;
export const BundleParams = z.object({ id: z.string().max(40) });
export const BundleView = Bundle.extend({
  /** In the order to do them; those of one step can be done together. */
  steps: z.array(
    z.object({
      title: z.string(),
      note: z.string().nullable(),
      /** Only if it applies: 「有住房公积金的」. */
      condition: z.string().nullable(),
      matter: MatterCard,
    }),
  ),
  /** Each paper once, with the matters that ask for it. */
  materials: z.array(z.object({ name: z.string(), note: z.string().nullable(), for: z.array(z.string()) })),
});
export type BundleView = z.infer<typeof BundleView>;

export const mattersErrors = {
  notFound: { id: 'matters.not_found', status: 404, message: '没有找到这个办事事项，可能已经调整。' },
  syncRunning: { id: 'matters.sync_running', status: 409, message: '已有一次同步在进行，请等它结束。' },
  syncNotConfigured: {
    id: 'matters.sync_not_configured',
    status: 409,
    message: '还没有配置省事项管理系统的地址，请联系运维。',
  },
  noSuchPlace: {
    id: 'matters.no_such_place',
    status: 400,
    message: '大厅里没有这种窗口，请刷新后重新选择。',
  },
  placeBooked: {
    id: 'matters.place_booked',
    status: 409,
    message: '要去掉的大厅里还有市民预约了这个事项，请等办完，或先用“临时停办”另约。',
  },
  bundleNotFound: { id: 'matters.bundle_not_found', status: 404, message: '没有找到这个“一件事”。' },
  fileNotFound: { id: 'matters.file_not_found', status: 404, message: '没有找到这份表格，可能已经更新。' },
  fileUnavailable: {
    id: 'matters.file_unavailable',
    status: 503,
    message: '省事项系统暂时取不到这份表格，请稍后再试，或到窗口领取。',
  },
} as const;
