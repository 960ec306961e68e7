import type {
  ScheduleEffect,
  ScheduleRequest,
  ScheduleView,
  Timetable,
} from '../../../areas/booking/contract.ts';
import { type CallOptions, call, get } from './client.ts';

export type { ScheduleEffect, ScheduleRequest, ScheduleView, Timetable };
export type Weekly = Timetable['hours'][number];
export type Zone = Timetable['zones'][number];

const at = (hall: string): string => `/api/staff/halls/${encodeURIComponent(hall)}/schedule`;

export const readSchedule = (hall: string, options?: CallOptions): Promise<ScheduleView> =>
  get(at(hall), options);
/** What a change would do; changes nothing. */
export const previewSchedule = (hall: string, asked: ScheduleRequest): Promise<ScheduleEffect> =>
  call('POST', `${at(hall)}/preview`, asked);
export const changeSchedule = (hall: string, asked: ScheduleRequest): Promise<ScheduleEffect> =>
  call('PUT', at(hall), asked);
