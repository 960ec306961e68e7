import mongoose, { Schema } from 'mongoose';
import type { CalendarDay, ImportState } from './contract.ts';

/** A year as somebody imported it from a notice; it is never changed, only decided about. */
export interface CalendarImport {
  readonly _id: string;
  readonly year: number;
  readonly state: ImportState;
  readonly days: readonly CalendarDay[];
  /** What was pasted, for whoever asks later. */
  readonly text: string;
  readonly documentNo: string;
  readonly importedBy: { readonly id: string; readonly name: string };
  readonly importedAt: Date;
  readonly decidedBy: { readonly id: string; readonly name: string } | null;
  readonly decidedAt: Date | null;
  readonly undoneBy: { readonly id: string; readonly name: string } | null;
  readonly undoneAt: Date | null;
  /** Why it was sent back or undone. */
  readonly reason: string | null;
  /** The import that counted before it, for the way back; null = the packaged year, or nothing. */
  readonly replaces: string | null;
}

const importSchema = new Schema<CalendarImport>(
  {
    _id: { type: String, required: true },
    year: { type: Number, required: true },
    state: { type: String, required: true },
    days: { type: [Object], required: true },
    text: { type: String, required: true },
    documentNo: { type: String, required: true },
    importedBy: { type: Object, required: true },
    importedAt: { type: Date, required: true },
    decidedBy: { type: Object, default: null },
    decidedAt: { type: Date, default: null },
    undoneBy: { type: Object, default: null },
    undoneAt: { type: Date, default: null },
    reason: { type: String, default: null },
    replaces: { type: String, default: null },
  } as never,
  { collection: 'calendarImports', versionKey: false },
);
importSchema.index({ importedAt: -1 });
importSchema.index({ year: 1 }, { unique: true, partialFilterExpression: { state: 'waiting' } });
export const CalendarImportModel = mongoose.model('CalendarImport', importSchema);

/** Which import counts for a year. The document `revisionId` counts the decisions, for the processes that follow. */
export interface CalendarYear {
  readonly _id: number;
  readonly importId: string | null;
  readonly revision: number;
}

export const revisionId = 0;

const yearSchema = new Schema<CalendarYear>(
  {
    _id: { type: Number, required: true },
    importId: { type: String, default: null },
    revision: { type: Number, default: 0 },
  } as never,
  { collection: 'calendarYears', versionKey: false },
);
export const CalendarYearModel = mongoose.model('CalendarYear', yearSchema);
