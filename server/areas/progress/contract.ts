import { z } from 'zod';

export const ProgressRequest = z.object({
  name: z.string().trim().min(2).max(60),
  number: z
    .string()
    .transform((text) => text.replace(/\s/g, '').toUpperCase())
    .pipe(z.string().regex(/^[0-9A-Z-]{6,40}$/)),
});
export type ProgressRequest = z.output<typeof ProgressRequest>;

/** A case of any channel, as the province shows it to whoever knows name and number. */
export const ProgressView = z.object({
  number: z.string(),
  matter: z.string(),
  /** Masked by the province. */
  applicant: z.string(),
  state: z.string(),
  appliedAt: z.string(),
  promisedDay: z.string().nullable(),
  steps: z.array(z.object({ name: z.string(), at: z.string() })),
  /** When the province said so, if it does not answer now. */
  asOf: z.string().nullable(),
});
export type ProgressView = z.infer<typeof ProgressView>;

export const progressErrors = {
  unknown: { id: 'progress.unknown', status: 404, message: '没有找到这个办件，请核对申请人姓名和办件编号。' },
  tooManyMisses: {
    id: 'progress.too_many_misses',
    status: 429,
    message: '连续几次没有对上，请 15 分钟后再试，或带回执到窗口查询。',
  },
  unavailable: {
    id: 'progress.unavailable',
    status: 503,
    message: '省办件系统暂时没有回应，请稍后再查。',
  },
} as const;
