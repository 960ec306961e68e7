import type { StaffView } from '../../../areas/staff/contract.ts';
import { call, get } from './client.ts';

export type { StaffView };

export const signIn = (username: string, password: string): Promise<StaffView> =>
  call('POST', '/api/staff/sign-in', { username, password });
export const signOut = (): Promise<void> => call('POST', '/api/staff/sign-out', {});
export const whoAmI = (): Promise<StaffView> => get('/api/staff/me');
