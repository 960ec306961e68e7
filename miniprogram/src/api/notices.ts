import type { NoticeList } from '../../../server/areas/notices/contract.ts';
import { get, post } from './request.ts';

export const loadNotices = (before?: string): Promise<NoticeList> => get('/api/notices', { before });

export const markRead = (id: string): Promise<void> => post(`/api/notices/${id}/read`);

export const markAllRead = (): Promise<void> => post('/api/notices/read-all');
