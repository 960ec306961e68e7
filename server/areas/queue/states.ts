import type { TicketKind, TicketState } from './contract.ts';

/** Every event of a ticket's life. What is not here cannot happen. */
const edges = {
  call: { from: ['waiting'], to: 'called' },
  recall: { from: ['called'], to: 'called' },
  serve: { from: ['called'], to: 'serving' },
  /** Not there when called: back into the line. */
  requeue: { from: ['called'], to: 'waiting' },
  /** Not there once too often. */
  expire: { from: ['called', 'waiting', 'parked'], to: 'expired' },
  park: { from: ['called', 'serving'], to: 'parked' },
  resume: { from: ['parked'], to: 'serving' },
  /** To another kind of window. */
  move: { from: ['called', 'serving'], to: 'waiting' },
  finish: { from: ['serving'], to: 'done' },
  leave: { from: ['waiting'], to: 'left' },
} as const satisfies Record<string, { from: readonly TicketState[]; to: TicketState }>;

export type TicketEvent = keyof typeof edges;

export const ticketStatesBefore = (event: TicketEvent): readonly TicketState[] => edges[event].from;
export const ticketStateAfter = (event: TicketEvent): TicketState => edges[event].to;

export const openTicketStates = ['waiting', 'called', 'serving', 'parked'] as const;

export const ticketStateLabels: Readonly<Record<TicketState, string>> = {
  waiting: '等候中',
  called: '请到窗口',
  serving: '办理中',
  parked: '稍后继续',
  done: '已办结',
  expired: '已过号',
  left: '已放弃',
};

export const ticketKindLabels: Readonly<Record<TicketKind, string>> = {
  booked: '预约',
  priority: '优先',
  walkIn: '现场',
};
