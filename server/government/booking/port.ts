import type { LocalDay } from '../../kernel/localDay.ts';

export interface CitySlot {
  readonly day: LocalDay;
  /** `09:00` */
  readonly from: string;
  readonly until: string;
  readonly free: boolean;
}

/** A booking as the city's system has it. */
export interface CityOrder {
  readonly orderNo: string;
  readonly ourNumber: string;
  readonly day: LocalDay;
  readonly state: 'booked' | 'cancelledByPerson' | 'cancelledByHall' | 'served' | 'unknown';
  readonly reason: string | null;
}

/** A visit that was booked in another channel: what the hall needs to serve it. */
export interface CityVisit {
  readonly orderNo: string;
  readonly channel: string;
  readonly orgCode: string;
  readonly itemCode: string;
  readonly day: LocalDay;
  readonly from: string;
  readonly until: string;
  readonly person: { readonly name: string; readonly idNumber: string; readonly phone: string };
}

export interface CityDayOrder extends CityOrder {
  readonly visit: CityVisit | null;
}

export interface NewCityOrder {
  /** Our booking's own number: by it we ask what became of a call without an answer. */
  readonly ourNumber: string;
  readonly orgCode: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly day: LocalDay;
  readonly from: string;
  readonly until: string;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly idNumber: string;
    readonly phone: string;
  };
}

export interface CityChange {
  readonly seq: number;
  readonly orderNo: string;
  readonly ourNumber: string;
  readonly state: CityOrder['state'];
  readonly reason: string | null;
  /** Of another channel's booking; null where the city does not say who comes, and for when. */
  readonly visit: CityVisit | null;
}

/**
 * 网上预约, the city's booking system (R8.3). Calls throw GovernmentError; `refused` has one of these codes:
 * `full`, `duplicate` (this person, matter and day), `closedDay`, `unknownOrder`, `served`, `other`.
 */
export interface CityBooking {
  /** Free times of the next days; older than now when the system is silent. */
  slots(
    orgCode: string,
    itemCode: string,
    days: number,
  ): Promise<{
    readonly slots: readonly CitySlot[];
    readonly at: Date;
    readonly fresh: boolean;
  }>;
  /** Never sent twice by itself: after silence ask `find` first. */
  create(order: NewCityOrder): Promise<{ readonly orderNo: string }>;
  find(ourNumber: string): Promise<readonly CityOrder[]>;
  /** Every channel's bookings of a hall and day. */
  ofDay(orgCode: string, day: LocalDay): Promise<readonly CityDayOrder[]>;
  /** May be repeated. */
  cancel(orderNo: string, reason: string, by?: 'person' | 'hall'): Promise<void>;
  /** What happened after `after`; may hold a change twice and in any order. `last` is where to go on. */
  changes(after: number): Promise<{ readonly changes: readonly CityChange[]; readonly last: number }>;
}
