import { z } from 'zod';

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A day that differs from the plain week: a holiday, or a weekend day that is worked. */
export const CalendarDay = z.object({ day: Day, workday: z.boolean(), name: z.string() });
export type CalendarDay = z.infer<typeof CalendarDay>;

export const YearSource = z.enum(['packaged', 'imported', 'estimated']);
export type YearSource = z.infer<typeof YearSource>;

/** A day whose kind changes when an import is taken over, and how many visits are booked on it. */
export const CalendarChange = z.object({
  day: Day,
  /** Null: not known until now. */
  from: z.object({ workday: z.boolean(), name: z.string().nullable() }).nullable(),
  to: z.object({ workday: z.boolean(), name: z.string().nullable() }),
  booked: z.number(),
});
export type CalendarChange = z.infer<typeof CalendarChange>;

/** waiting → live or rejected; live → replaced (by a newer one) or undone. */
export const ImportState = z.enum(['waiting', 'live', 'rejected', 'replaced', 'undone']);
export type ImportState = z.infer<typeof ImportState>;

export const ImportView = z.object({
  id: z.string(),
  year: z.number(),
  state: ImportState,
  documentNo: z.string(),
  importedBy: z.string(),
  importedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  undoneBy: z.string().nullable(),
  undoneAt: z.string().nullable(),
  reason: z.string().nullable(),
  /** What the person who asks may do with it now. */
  acts: z.array(z.enum(['approve', 'reject', 'undo'])),
});
export type ImportView = z.infer<typeof ImportView>;

export const ImportDetail = ImportView.extend({
  days: z.array(CalendarDay),
  workdays: z.number(),
  /** Compared with what counts now; empty unless it waits. */
  changes: z.array(CalendarChange),
});
export type ImportDetail = z.infer<typeof ImportDetail>;

export const YearView = z.object({
  year: z.number(),
  source: YearSource,
  days: z.array(CalendarDay),
  workdays: z.number(),
});
export type YearView = z.infer<typeof YearView>;

export const CalendarView = z.object({
  today: Day,
  /** The last day that the State Council has arranged, as far as the hall was told. */
  publishedUntil: Day,
  /** What staff should do about it, in a sentence; null when there is time. */
  warning: z.string().nullable(),
  years: z.array(YearView),
  imports: z.array(ImportView),
});
export type CalendarView = z.infer<typeof CalendarView>;

const Year = z.number().int().min(2020).max(2099);
export const CalendarDraft = z.object({ year: Year, text: z.string().trim().min(1).max(8000) });
export const CalendarImportInput = CalendarDraft.extend({
  /** 「国办发明电〔2025〕7号」 */
  documentNo: z.string().trim().min(4).max(60),
});
export type CalendarImportInput = z.infer<typeof CalendarImportInput>;

export const CalendarProblem = z.object({ line: z.number().nullable(), text: z.string() });
export type CalendarProblem = z.infer<typeof CalendarProblem>;

export const CalendarPreview = z.object({
  year: z.number(),
  days: z.array(CalendarDay),
  workdays: z.number(),
  /** Why it cannot be handed in. */
  problems: z.array(CalendarProblem),
  /** What a person should look at twice. */
  warnings: z.array(CalendarProblem),
  changes: z.array(CalendarChange),
});
export type CalendarPreview = z.infer<typeof CalendarPreview>;

export const CalendarText = z.object({ text: z.string() });
export const ImportParams = z.object({ id: z.string().max(40) });
export const ImportDecision = z.object({});
export const ImportReason = z.object({ reason: z.string().trim().min(2).max(100) });

export const calendarErrors = {
  unreadable: {
    id: 'calendar.unreadable',
    status: 400,
    message: '读不出这个文件，请上传 Excel 或 CSV，或直接粘贴通知里的安排。',
  },
  invalid: { id: 'calendar.invalid', status: 400, message: '这份安排有问题，请先按提示改正。' },
  waiting: { id: 'calendar.waiting', status: 409, message: '这一年已有一份安排在等复核，请先处理那一份。' },
  notFound: { id: 'calendar.not_found', status: 404, message: '没有找到这份安排。' },
  wrongState: { id: 'calendar.wrong_state', status: 409, message: '这份安排已有人处理，请刷新后再看。' },
  ownImport: {
    id: 'calendar.own_import',
    status: 403,
    message: '自己导入的安排要由另一位同事复核。',
  },
  leavesGap: {
    id: 'calendar.leaves_gap',
    status: 409,
    message: '后面的年份已经导入，撤销这一年会留下空档；请先撤销后面的年份。',
  },
} as const;
