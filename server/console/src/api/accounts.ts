import type { AuditList, AuditRowView } from '../../../areas/audit/contract.ts';
import type { Account, AccountChange, AccountList, NewAccount } from '../../../areas/staff/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { Account, AccountChange, AccountList, AuditList, AuditRowView, NewAccount };

const accounts = '/api/staff/accounts';
export const listAccounts = (options?: CallOptions): Promise<AccountList> => get(accounts, options);
export const addAccount = (input: NewAccount): Promise<Account> => call('POST', accounts, input);
export const changeAccount = (id: string, input: AccountChange): Promise<void> =>
  call('PUT', `${accounts}/${id}`, input);
export const resetPassword = (id: string, password: string): Promise<void> =>
  call('POST', `${accounts}/${id}/password`, { password });
export const changeOwnPassword = (current: string, password: string): Promise<void> =>
  call('POST', '/api/staff/me/password', { current, password });

export interface AuditFilter {
  readonly actor: string | null;
  readonly result: 'ok' | 'refused' | null;
  readonly before: string | null;
}
export const listAudit = (filter: AuditFilter, options?: CallOptions): Promise<AuditList> =>
  get(`/api/staff/audit${query({ ...filter })}`, options);
