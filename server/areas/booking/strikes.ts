import { addDays, instantAt, localDayOf } from '../../kernel/localDay.ts';
import type { Ledger, Strike } from './ledgerModel.ts';
import type { BookingRules } from './settings.ts';

type StrikeRules = Pick<BookingRules, 'noShow'>;

/** What counts against a person now. */
export function weightOf(strikes: readonly Strike[], now: Date, rules: StrikeRules): number {
  const since = instantAt(addDays(localDayOf(now), -rules.noShow.withinDays), '00:00');
  return strikes
    .filter((each) => each.forgiven === null && each.at >= since)
    .reduce((sum, each) => sum + each.weight, 0);
}

/**
 * The ledger after a strike; one booking is counted once. The pause begins when the weight reaches the limit, and is
 * not made longer by strikes that come while it lasts.
 */
export function withStrike(
  ledger: Pick<Ledger, 'strikes' | 'pausedUntil'>,
  strike: Strike,
  rules: StrikeRules,
): Pick<Ledger, 'strikes' | 'pausedUntil'> {
  if (ledger.strikes.some((each) => each.bookingId === strike.bookingId)) return ledger;
  const strikes = [...ledger.strikes, strike];
  const paused = ledger.pausedUntil !== null && ledger.pausedUntil > strike.at;
  if (paused || weightOf(strikes, strike.at, rules) < rules.noShow.strikes) {
    return { strikes, pausedUntil: ledger.pausedUntil };
  }
  const until = instantAt(addDays(localDayOf(strike.at), rules.noShow.pauseDays + 1), '00:00');
  return { strikes, pausedUntil: until };
}

/** The ledger after strikes are forgiven (an appeal, force majeure): the pause ends if the rest is below the limit. */
export function withForgiveness(
  ledger: Pick<Ledger, 'strikes' | 'pausedUntil'>,
  bookingIds: readonly string[],
  why: string,
  now: Date,
  rules: StrikeRules,
): Pick<Ledger, 'strikes' | 'pausedUntil'> {
  const strikes = ledger.strikes.map((each) =>
    bookingIds.includes(each.bookingId) && each.forgiven === null ? { ...each, forgiven: why } : each,
  );
  const over = weightOf(strikes, now, rules) < rules.noShow.strikes;
  return { strikes, pausedUntil: over ? null : ledger.pausedUntil };
}
