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
  materials: z.array(z.object({ name: z.string(), note: z.string().nullable(), needed: z.boolean() })),
  steps: z.array(z.object({ name: z.string(), text: z.string() })),
  laws: z.array(z.string()),
  questions: z.array(z.object({ question: z.string(), answer: z.string() })),
  phone: z.string().nullable(),
  /** Halls where it can be done in person, nearest kind first: the district hall, then town centres. */
  halls: z.array(
    z.object({ id: z.string(), name: z.string(), zone: z.string().nullable(), bookable: z.boolean() }),
  ),
  /** Minutes one visit takes, for booking. */
  minutes: z.number(),
  updatedAt: z.string(),
});
export type MatterView = z.infer<typeof MatterView>;

export const MatterParams = z.object({ id: z.string().max(40) });

export const mattersErrors = {
  notFound: { id: 'matters.not_found', status: 404, message: '没有找到这个办事事项，可能已经调整。' },
} as const;
