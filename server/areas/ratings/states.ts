import type { OrderState } from './contract.ts';

/** Every event of a work order. What is not here cannot happen. */
const edges = {
  contact: { from: ['toContact'], to: 'fixing' },
  handOverNew: { from: ['toContact'], to: 'toContact' },
  handOver: { from: ['fixing'], to: 'fixing' },
  extend: { from: ['fixing'], to: 'fixing' },
  answer: { from: ['fixing'], to: 'answered' },
  /** The citizen is content with the answer, or silent long enough. */
  close: { from: ['answered'], to: 'closed' },
  /** The citizen is not. */
  followUp: { from: ['answered'], to: 'fixing' },
  appeal: { from: ['toContact', 'fixing'], to: 'appealed' },
  /** The rating was a mistake and no longer counts. */
  agree: { from: ['appealed'], to: 'voided' },
  refuseNew: { from: ['appealed'], to: 'toContact' },
  refuse: { from: ['appealed'], to: 'fixing' },
} as const satisfies Record<string, { from: readonly OrderState[]; to: OrderState }>;

export type OrderEvent = keyof typeof edges;

/** Where the event leads from this state; null: it cannot happen here. */
export const orderStateAfter = (state: OrderState, event: OrderEvent): OrderState | null =>
  (edges[event].from as readonly OrderState[]).includes(state) ? edges[event].to : null;

export const openOrderStates = ['toContact', 'fixing', 'answered', 'appealed'] as const;

export const orderStateLabels: Readonly<Record<OrderState, string>> = {
  toContact: '待联系',
  fixing: '整改中',
  answered: '已答复',
  closed: '办结',
  appealed: '申诉中',
  voided: '已撤销',
};

export const orderEventLabels: Readonly<Record<OrderEvent | 'open', string>> = {
  open: '收到差评',
  contact: '首次联系',
  handOverNew: '转办',
  handOver: '转办',
  extend: '延长期限',
  answer: '答复市民',
  close: '办结',
  followUp: '市民追评',
  appeal: '提出申诉',
  agree: '同意申诉，评价不计入',
  refuseNew: '不同意申诉',
  refuse: '不同意申诉',
};
