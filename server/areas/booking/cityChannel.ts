import type { ClientSession } from 'mongoose';
import type { Booking } from './model.ts';

/**
 * The other channels' side of a booking (R5.1.4): what stands here must stand there. Both join the transaction that
 * changes the booking; what follows is the house's business.
 */
export interface CityChannel {
  /** False: this booking is of no concern to the other channels. */
  order(booking: Booking, session: ClientSession): Promise<boolean>;
  cancel(booking: Booking, session: ClientSession): Promise<void>;
}

/** Where a booking was made, as staff and citizens read it. */
export function channelLabel(channel: string): string {
  const [kind, name] = channel.split('/');
  if (kind === 'city') return name ? `市预约系统（${name}）` : '市预约系统';
  return { weapp: '微信小程序', h5: '微信网页', desk: '大厅窗口' }[channel] ?? channel;
}
