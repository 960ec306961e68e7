import type {
  DifferenceView,
  PaymentState,
  ReconciliationView,
  StaffPayment,
} from '../../../areas/payments/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type { DifferenceView, PaymentState, ReconciliationView, StaffPayment };

export interface PaymentFilter {
  readonly state: PaymentState | null;
  readonly number: string;
  readonly before: string | null;
}

export const findPayments = (
  { state, number, before }: PaymentFilter,
  options?: CallOptions,
): Promise<{ payments: StaffPayment[]; next: string | null }> =>
  get(`/api/staff/payments${query({ state, number: number.trim() || null, before })}`, options);

export const askRefund = (id: string, reason: string): Promise<StaffPayment> =>
  call('POST', `/api/staff/payments/${id}/refund`, { reason });

export const decideRefund = (id: string, decision: 'approve' | 'deny', why: string): Promise<StaffPayment> =>
  call('POST', `/api/staff/payments/${id}/refund/decision`, { decision, why });

export const findDays = (options?: CallOptions): Promise<{ days: ReconciliationView[] }> =>
  get('/api/staff/reconciliations', options);

export const compareDay = (day: string): Promise<ReconciliationView> =>
  call('POST', `/api/staff/reconciliations/${day}/compare`);

export const closeDay = (day: string): Promise<ReconciliationView> =>
  call('POST', `/api/staff/reconciliations/${day}/close`);

export const findDifferences = (
  day: string,
  options?: CallOptions,
): Promise<{ differences: DifferenceView[] }> =>
  get(`/api/staff/reconciliations/${day}/differences`, options);

export const settleDifference = (id: string, note: string): Promise<DifferenceView> =>
  call('POST', `/api/staff/differences/${encodeURIComponent(id)}/settle`, { note });
