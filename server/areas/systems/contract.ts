import { z } from 'zod';

/** In words for staff: `good`, `shaky` (some calls fail), `down` (nothing answers), `off` (switched off), `resting` (maintenance hours), `quiet` (not asked lately), `absent` (not configured). */
export const SystemMood = z.enum(['good', 'shaky', 'down', 'off', 'resting', 'quiet', 'absent']);
export type SystemMood = z.infer<typeof SystemMood>;

export const CallOutcome = z.enum(['ok', 'refused', 'failed', 'notSent']);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** Times in milliseconds, of calls that were sent; null without any. */
export const CallFigures = z.object({
  counts: z.object({ ok: z.number(), refused: z.number(), failed: z.number(), notSent: z.number() }),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});
export type CallFigures = z.infer<typeof CallFigures>;

export const SwitchedOff = z.object({ by: z.string(), reason: z.string(), at: z.string() });

export const ProcessGate = z.object({
  /** `host · 4711`, with the roles it plays. */
  name: z.string(),
  roles: z.array(z.string()),
  breaker: z.enum(['closed', 'open', 'halfOpen']),
  running: z.number(),
  waiting: z.number(),
});
export type ProcessGate = z.infer<typeof ProcessGate>;

export const Outbox = z.object({ waiting: z.number(), oldestAt: z.string().nullable() });

export const SystemView = z.object({
  id: z.string(),
  name: z.string(),
  mood: SystemMood,
  /** Why, in a short sentence. */
  moodWords: z.string(),
  off: SwitchedOff.nullable(),
  lastGoodAt: z.string().nullable(),
  lastFailure: z.object({ at: z.string(), code: z.string(), words: z.string() }).nullable(),
  hour: CallFigures,
  day: CallFigures,
  /** Calls of each of the last 60 minutes, oldest first: answered, failed. */
  minutes: z.array(z.tuple([z.number(), z.number()])),
  /** The worst of all processes. */
  breaker: z.enum(['closed', 'open', 'halfOpen']),
  /** What must still be told to it; null where nothing has to arrive. */
  outbox: Outbox.nullable(),
});
export type SystemView = z.infer<typeof SystemView>;

export const SystemsView = z.object({ now: z.string(), mayAct: z.boolean(), systems: z.array(SystemView) });
export type SystemsView = z.infer<typeof SystemsView>;

export const SystemParams = z.object({ id: z.string().regex(/^[a-z]{2,20}$/) });
export const SystemQuery = z.object({ span: z.enum(['hour', 'day', 'week']).default('day') });

export const SeriesPointView = z.object({
  at: z.string(),
  counts: CallFigures.shape.counts,
  p50: z.number().nullable(),
  p95: z.number().nullable(),
});
export type SeriesPointView = z.infer<typeof SeriesPointView>;

export const SystemDetail = z.object({
  now: z.string(),
  mayAct: z.boolean(),
  mayOpenRaw: z.boolean(),
  system: SystemView,
  /** `hour`: minute by minute; `day`: five minutes; `week`: hour by hour. Without gaps. */
  series: z.array(SeriesPointView),
  policy: z.object({
    timeoutMs: z.number(),
    atOnce: z.number(),
    waiting: z.number(),
    breakerFailures: z.number(),
    breakerRestMs: z.number(),
    quota: z.object({ limit: z.number(), used: z.number() }).nullable(),
    /** 「每天 22:30–次日 06:30」 */
    maintenance: z.array(z.string()),
    /** Until when it rests now. */
    restingUntil: z.string().nullable(),
  }),
  processes: z.array(ProcessGate),
  /** What a trial asks; null: nothing can be tried. */
  trialWords: z.string().nullable(),
  switches: z.array(
    z.object({ at: z.string(), by: z.string(), off: z.boolean(), reason: z.string().nullable() }),
  ),
  /** Rows kept as they came because nobody could read them. */
  raw: z.array(z.object({ id: z.string(), table: z.string(), receivedAt: z.string() })),
});
export type SystemDetail = z.infer<typeof SystemDetail>;

export const CallsQuery = z.object({
  outcome: CallOutcome.optional(),
  operation: z.string().max(40).optional(),
  /** The id of the last row seen. */
  before: z.string().max(40).optional(),
});
export const CallView = z.object({
  id: z.string(),
  at: z.string(),
  operation: z.string(),
  /** 「市民 …4F2K」, a member of staff's name, or 「系统」. */
  actor: z.string(),
  purpose: z.string(),
  matterCode: z.string().nullable(),
  args: z.record(z.string(), z.string()),
  /** Null: under way, or its process died. */
  outcome: CallOutcome.nullable(),
  result: z.string(),
  words: z.string(),
  attempts: z.number(),
  ms: z.number().nullable(),
});
export type CallView = z.infer<typeof CallView>;
export const CallList = z.object({ calls: z.array(CallView), next: z.string().nullable() });
export type CallList = z.infer<typeof CallList>;

export const SwitchRequest = z.discriminatedUnion('off', [
  z.object({ off: z.literal(true), reason: z.string().trim().min(4).max(60) }),
  z.object({ off: z.literal(false) }),
]);

export const TrialView = z.object({
  outcome: CallOutcome.nullable(),
  words: z.string(),
  result: z.string(),
  ms: z.number().nullable(),
  attempts: z.number(),
  at: z.string(),
});
export type TrialView = z.infer<typeof TrialView>;

export const RawParams = SystemParams.extend({ row: z.string().max(60) });
export const RawView = z.object({
  table: z.string(),
  receivedAt: z.string(),
  fields: z.record(z.string(), z.string()),
});
export type RawView = z.infer<typeof RawView>;

export const systemsErrors = {
  noSystem: { id: 'systems.no_system', status: 404, message: '没有这个系统，请从列表里选择。' },
  noTrial: {
    id: 'systems.no_trial',
    status: 409,
    message: '这个系统还没有接入，不能试调用；请先配置它的地址。',
  },
  noRaw: { id: 'systems.no_raw', status: 404, message: '这一行已过保存期或不存在，请刷新列表。' },
} as const;
