import type { PaymentView } from '../../../server/areas/payments/contract.ts';

export type PaySheet = NonNullable<PaymentView['cashier']>;

/** `done`: WeChat says it is paid; `left`: the citizen turned back; `failed`: it did not open or did not work. */
export type Paid = 'done' | 'left' | 'failed';
