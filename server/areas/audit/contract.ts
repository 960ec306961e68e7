import { z } from 'zod';

export const AuditQuery = z.object({
  /** A member of staff's id. */
  actor: z.string().max(40).optional(),
  /** What it was done to: the id of a broadcast, a booking, an account. */
  subject: z.string().max(60).optional(),
  result: z.enum(['ok', 'refused']).optional(),
  /** The id of the last row seen. */
  before: z.string().max(40).optional(),
});
export const AuditRowView = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.object({
    kind: z.enum(['staff', 'citizen', 'system']),
    id: z.string().nullable(),
    name: z.string(),
  }),
  /** `staff.signedIn`, and in words 「登录」. */
  act: z.string(),
  actLabel: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
  result: z.enum(['ok', 'refused']),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditRowView = z.infer<typeof AuditRowView>;
export const AuditList = z.object({ rows: z.array(AuditRowView), next: z.string().nullable() });
export type AuditList = z.infer<typeof AuditList>;
