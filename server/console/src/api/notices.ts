import type {
  NoticeState,
  NoticeStatistics,
  StaffNotice,
  StaffNotices,
  TemplateCheck,
} from '../../../areas/notices/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { NoticeState, NoticeStatistics, StaffNotice, StaffNotices, TemplateCheck };

export interface NoticeFilter {
  readonly q: string;
  readonly state: NoticeState | null;
  readonly before: string | null;
}

export const findNotices = (filter: NoticeFilter, options?: CallOptions): Promise<StaffNotices> =>
  get(`/api/staff/notices${query({ ...filter })}`, options);
export const resendNotice = (id: string): Promise<void> =>
  call('POST', `/api/staff/notices/${id}/resend`, {});
export const noticeStatistics = (days: number, options?: CallOptions): Promise<NoticeStatistics> =>
  get(`/api/staff/notices/statistics${query({ days })}`, options);
export const checkTemplates = (options?: CallOptions): Promise<TemplateCheck> =>
  get('/api/staff/templates/check', options);
