import type {
  BillKind,
  BillView,
  PaymentList,
  PaymentView,
  PayRequest,
} from '../../../server/areas/payments/contract.ts';
import { get, post } from './request.ts';

/** The bill as its owner has it now. */
export const findBill = (kind: BillKind, number: string, unit = ''): Promise<BillView> =>
  get(
    `/api/payments/bill?kind=${kind}&number=${encodeURIComponent(number)}${unit ? `&unit=${encodeURIComponent(unit)}` : ''}`,
  );

export const startPayment = (request: PayRequest): Promise<PaymentView> => post('/api/payments', request);

export const loadPayment = (id: string): Promise<PaymentView> => get(`/api/payments/${id}`);

/** Has WeChat asked now: the citizen has come back from the cashier. */
export const askPayment = (id: string): Promise<PaymentView> => post(`/api/payments/${id}/ask`);

export const loadPayments = (): Promise<PaymentList> => get('/api/payments');
