import type { PaymentState } from './contract.ts';

/** Every event that may change a payment, with the states it leads from and to. What is not here cannot happen. */
const edges = {
  /** WeChat knows the order; the cashier can open. */
  prepare: { from: ['created'], to: 'open' },
  /** WeChat will never take it. */
  reject: { from: ['created'], to: 'failed' },
  /**
   * WeChat says that money has moved. What we believed before does not matter: the bank is right, also about an order
   * that we hold to be closed.
   */
  pay: { from: ['created', 'open', 'closed', 'failed'], to: 'paid' },
  /** Closed at WeChat: nobody can pay it any more. */
  close: { from: ['created', 'open'], to: 'closed' },
  /** The bill's owner has booked it. */
  settle: { from: ['paid'], to: 'settled' },
  /** The bill's owner cannot take it: paid elsewhere meanwhile, or cancelled. */
  refuse: { from: ['paid'], to: 'refunding' },
  askRefund: { from: ['settled'], to: 'refundAsked' },
  denyRefund: { from: ['refundAsked'], to: 'settled' },
  approveRefund: { from: ['refundAsked'], to: 'refunding' },
  refunded: { from: ['refunding', 'refundFailed'], to: 'refunded' },
  /** WeChat could not return the money by itself: the cashier's desk has to. */
  refundFails: { from: ['refunding'], to: 'refundFailed' },
  retryRefund: { from: ['refundFailed'], to: 'refunding' },
} as const satisfies Record<string, { from: readonly PaymentState[]; to: PaymentState }>;

export type PaymentEvent = keyof typeof edges;

/** States from which `event` is allowed, for the filter of a conditional write. */
export const statesBefore = (event: PaymentEvent): readonly PaymentState[] => edges[event].from;

export const stateAfter = (event: PaymentEvent): PaymentState => edges[event].to;

/** The state `event` leads to. Throws on an edge that the graph does not have. */
export function move(state: PaymentState, event: PaymentEvent): PaymentState {
  const edge = edges[event];
  if (!(edge.from as readonly PaymentState[]).includes(state))
    throw new Error(`a payment that is ${state} cannot ${event}`);
  return edge.to;
}

/** A bill has at most one payment in one of these. */
export const openStates = [
  'created',
  'open',
  'paid',
  'settled',
  'refundAsked',
  'refunding',
  'refundFailed',
] as const;

export const isOpen = (state: PaymentState): boolean => (openStates as readonly string[]).includes(state);

export const stateLabels: Readonly<Record<PaymentState, string>> = {
  created: '正在准备',
  open: '待支付',
  failed: '未能发起',
  closed: '已关闭',
  paid: '已支付，等待入账',
  settled: '已缴清',
  refundAsked: '退款审批中',
  refunding: '退款处理中',
  refunded: '已退款',
  refundFailed: '退款需人工处理',
};
