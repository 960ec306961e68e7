import { instantAt, minuteOfDay } from '../../kernel/localDay.ts';
import { minutesOf } from '../halls/rules.ts';
import type { BookingRules } from './settings.ts';
import type { Cooling, Slot, Waiting } from './slotModel.ts';

type WaitRules = Pick<BookingRules, 'waitlist'>;

/** When nothing of a slot is offered any more, because nobody could come in time. */
export const closesAt = (day: string, start: string, { waitlist }: WaitRules): Date =>
  new Date(instantAt(day, start).getTime() - waitlist.closesMinutesBefore * 60_000);

/** Nobody is woken by an offer that ends before they get up. */
export function mayOffer(now: Date, { waitlist }: WaitRules): boolean {
  const minute = minuteOfDay(now);
  return minute >= minutesOf(waitlist.offersFrom) && minute < minutesOf(waitlist.offersUntil);
}

export interface Fit {
  readonly waiting: Waiting;
  /** The cooling place it gets; null: from what is left. */
  readonly cooling: Cooling | null;
}

/**
 * Whose turn it is: the first in line whose visit fits what is free. Places that cool down against resale are free for
 * the line, which nobody can jump.
 */
export function firstFit(slot: Pick<Slot, 'left' | 'scarce' | 'cooling' | 'waiting'>): Fit | null {
  for (const waiting of slot.waiting ?? []) {
    const { units, scarce } = waiting;
    if (slot.left >= units && scarce.every((id) => (slot.scarce[id] ?? 0) >= 1)) {
      return { waiting, cooling: null };
    }
    const cooling = slot.cooling.find(
      (each) => each.units >= units && scarce.every((id) => each.scarce.includes(id)),
    );
    if (cooling) return { waiting, cooling };
  }
  return null;
}
