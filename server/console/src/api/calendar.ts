import type {
  CalendarChange,
  CalendarDay,
  CalendarPreview,
  CalendarProblem,
  CalendarView,
  ImportDetail,
  ImportState,
  ImportView,
  YearSource,
  YearView,
} from '../../../areas/calendar/contract.ts';
import { type CallOptions, call, get, sendFile } from './client.ts';

export type {
  CalendarChange,
  CalendarDay,
  CalendarPreview,
  CalendarProblem,
  CalendarView,
  ImportDetail,
  ImportState,
  ImportView,
  YearSource,
  YearView,
};

const base = '/api/staff/calendar';
export const readCalendar = (options?: CallOptions): Promise<CalendarView> => get(base, options);
export const textOfTable = (file: Blob): Promise<{ text: string }> => sendFile(`${base}/text`, file);
export const previewYear = (year: number, text: string, signal: AbortSignal): Promise<CalendarPreview> =>
  call('POST', `${base}/preview`, { year, text }, { signal });
export const importYear = (input: {
  year: number;
  text: string;
  documentNo: string;
}): Promise<ImportDetail> => call('POST', `${base}/imports`, input);
export const readImport = (id: string, options?: CallOptions): Promise<ImportDetail> =>
  get(`${base}/imports/${id}`, options);
export const approveImport = (id: string): Promise<ImportDetail> =>
  call('POST', `${base}/imports/${id}/approve`, {});
export const rejectImport = (id: string, reason: string): Promise<ImportDetail> =>
  call('POST', `${base}/imports/${id}/reject`, { reason });
export const undoImport = (id: string, reason: string): Promise<ImportDetail> =>
  call('POST', `${base}/imports/${id}/undo`, { reason });
