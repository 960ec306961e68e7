import type { TicketView } from '../../../server/areas/queue/contract.ts';
import type { Tone } from './tone.ts';

type State = TicketView['state'];

const tones: Record<State, Tone> = {
  waiting: 'primary',
  called: 'accent',
  serving: 'good',
  parked: 'warn',
  done: 'neutral',
  expired: 'bad',
  left: 'neutral',
};

export const ticketTone = (state: State): Tone => tones[state];

const ends: readonly State[] = ['done', 'expired', 'left'];

/** Nothing more will happen to this ticket. */
export const isOver = (ticket: Pick<TicketView, 'state'>): boolean => ends.includes(ticket.state);
