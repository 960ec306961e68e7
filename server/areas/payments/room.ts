import type { ClientSession } from 'mongoose';
import type { Clock } from '../../kernel/clock.ts';
import type { WechatPay } from '../../wechat/pay/port.ts';
import type { NewNotice } from '../notices/createNotice.ts';
import type { BillOwners } from './port.ts';

export interface PaymentsRoom {
  readonly clock: Clock;
  readonly pay: WechatPay;
  readonly owners: BillOwners;
  /** Where WeChat sends its notices. */
  readonly notifyUrl: string;
  /** How long a payment may stay unpaid. */
  readonly expiryMinutes: number;
  /** Who pays, at the appid of the channel; null when they never signed in there. */
  readonly openidOf: (personId: string, channel: 'weapp' | 'h5') => Promise<string | null>;
  readonly notify: (notice: NewNotice, session?: ClientSession) => Promise<void>;
}
