import type { BookedRow, VisitsReport, VisitsRow } from '../../../areas/reports/contract.ts';
import { type CallOptions, get, query } from './client.ts';

export type { BookedRow, VisitsReport, VisitsRow };

export interface VisitsAsked {
  readonly hall: string;
  readonly from: string;
  readonly to: string;
  readonly group: string | null;
}

export const readVisits = (asked: VisitsAsked, options?: CallOptions): Promise<VisitsReport> =>
  get(`/api/staff/statistics/visits${query({ ...asked })}`, options);

/** Where the browser fetches the Excel file. */
export const visitsFile = (asked: VisitsAsked): string =>
  `/api/staff/statistics/visits.xlsx${query({ ...asked })}`;
