import type { BookingState } from '../../../server/areas/booking/contract.ts';
import type { Tone } from './tone.ts';

const tones: Record<BookingState, Tone> = {
  held: 'accent',
  booked: 'primary',
  checkedIn: 'good',
  serving: 'good',
  done: 'neutral',
  cancelled: 'neutral',
  cancelledByHall: 'bad',
  expired: 'neutral',
  noShow: 'bad',
  rescheduled: 'neutral',
};

export const bookingTone = (state: BookingState): Tone => tones[state];
