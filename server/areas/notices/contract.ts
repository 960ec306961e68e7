import { z } from 'zod';

/** The life of one logical message to one person (expected-features 14). */
export const NoticeState = z.enum([
  'created',
  'sending',
  'sent',
  'delivered',
  'refused',
  'failed',
  'unknown',
  'unreachable',
  'expired',
  'optedOut',
]);
export type NoticeState = z.infer<typeof NoticeState>;

export const NoticeView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Mini-program page to open, without a leading slash; null when there is none. */
  page: z.string().nullable(),
  read: z.boolean(),
  at: z.string(),
});
export type NoticeView = z.infer<typeof NoticeView>;

export const NoticesQuery = z.object({ before: z.string().max(40).optional() });
export const NoticeParams = z.object({ id: z.string().max(40) });
export const NoticeList = z.object({
  notices: z.array(NoticeView),
  unread: z.number(),
  next: z.string().nullable(),
});
export type NoticeList = z.infer<typeof NoticeList>;

export const noticesErrors = {
  notFound: { id: 'notices.not_found', status: 404, message: '没有找到这条消息。' },
} as const;
