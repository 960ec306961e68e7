import { z } from 'zod';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const VisitsQuery = z
  .object({
    hall: z.string().max(40),
    from: Day,
    to: Day,
    /** Only one kind of windows. */
    group: z.string().max(20).optional(),
  })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= 400 * 86_400_000);

export const VisitsRow = z.object({
  key: z.string(),
  tickets: z.number(),
  served: z.number(),
  /** Called and not there, to the end. */
  missed: z.number(),
  /** Gave the ticket back. */
  left: z.number(),
  /** Mean and longest from ticket to first call; null where nobody was called. */
  waitMinutes: z.number().nullable(),
  longestWait: z.number().nullable(),
  /** Mean from first service to the end. */
  serviceMinutes: z.number().nullable(),
});
export type VisitsRow = z.infer<typeof VisitsRow>;

export const BookedRow = z.object({
  key: z.string(),
  booked: z.number(),
  done: z.number(),
  noShow: z.number(),
  cancelled: z.number(),
});
export type BookedRow = z.infer<typeof BookedRow>;

/** Everything is a recount of events (I12). */
export const VisitsReport = z.object({
  hall: z.object({ id: z.string(), name: z.string() }),
  from: Day,
  to: Day,
  group: z.string().nullable(),
  total: VisitsRow,
  byDay: z.array(VisitsRow),
  byHour: z.array(VisitsRow),
  byGroup: z.array(VisitsRow),
  byMatter: z.array(VisitsRow),
  byWindow: z.array(VisitsRow),
  bookedByDay: z.array(BookedRow),
  bookedByMatter: z.array(BookedRow),
});
export type VisitsReport = z.infer<typeof VisitsReport>;

export const reportsErrors = {
  hallUnknown: { id: 'reports.hall_unknown', status: 404, message: '没有找到这个大厅。' },
} as const;
