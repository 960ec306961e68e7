import type { BookingState } from './contract.ts';

/** Every event that may change a booking, with the states it leads from and to. What is not here cannot happen. */
const edges = {
  confirm: { from: ['held'], to: 'booked' },
  expire: { from: ['held'], to: 'expired' },
  cancel: { from: ['held', 'booked'], to: 'cancelled' },
  closeHall: { from: ['held', 'booked'], to: 'cancelledByHall' },
  reschedule: { from: ['booked'], to: 'rescheduled' },
  checkIn: { from: ['booked'], to: 'checkedIn' },
  serve: { from: ['checkedIn'], to: 'serving' },
  /** Back to the waiting room: parked, transferred to another window, or called by mistake. */
  wait: { from: ['serving'], to: 'checkedIn' },
  finish: { from: ['serving'], to: 'done' },
  /** Gave the ticket back while waiting. */
  leave: { from: ['checkedIn'], to: 'cancelled' },
  miss: { from: ['booked', 'checkedIn'], to: 'noShow' },
} as const satisfies Record<string, { from: readonly BookingState[]; to: BookingState }>;

export type BookingEvent = keyof typeof edges;

/** States from which `event` is allowed, for the filter of a conditional write. */
export const statesBefore = (event: BookingEvent): readonly BookingState[] => edges[event].from;

export const stateAfter = (event: BookingEvent): BookingState => edges[event].to;

/** The state `event` leads to. Throws on an edge that the graph does not have. */
export function move(state: BookingState, event: BookingEvent): BookingState {
  const edge = edges[event];
  if (!(edge.from as readonly BookingState[]).includes(state)) {
    throw new Error(`a booking that is ${state} cannot ${event}`);
  }
  return edge.to;
}

/** These take a place and count towards the quota. */
export const openStates = ['held', 'booked', 'checkedIn', 'serving'] as const;

export const isOpen = (state: BookingState): boolean => (openStates as readonly string[]).includes(state);

export const stateLabels: Readonly<Record<BookingState, string>> = {
  held: '待确认',
  booked: '已预约',
  checkedIn: '已取号',
  serving: '办理中',
  done: '已办结',
  cancelled: '已取消',
  cancelledByHall: '大厅已取消',
  expired: '未确认已过期',
  noShow: '未到场',
  rescheduled: '已改期',
};
