import type { bookingErrors } from './contract.ts';
import type { Claim, Ledger } from './ledgerModel.ts';
import type { BookingRules } from './settings.ts';

export type QuotaRefusal = keyof Pick<
  typeof bookingErrors,
  'paused' | 'alreadyBooked' | 'dayQuota' | 'openQuota'
>;

/** Claims that count: booked ones, and holds that have not run out. */
export const activeClaims = (ledger: Pick<Ledger, 'claims'>, now: Date): Claim[] =>
  ledger.claims.filter((each) => each.until === null || each.until > now);

export type QuotaRules = Pick<BookingRules, 'quota' | 'enterpriseQuota'>;

/** An enterprise has a quota of its own, whichever of its agents books. */
const quotaOf = (ledgerId: string, rules: QuotaRules): BookingRules['enterpriseQuota'] =>
  ledgerId.startsWith('firm:') ? rules.enterpriseQuota : rules.quota;

/**
 * May this person have one more booking? `replaces` is the booking it takes the place of (a change of time), which
 * does not count against it. Null: yes.
 */
export function decideQuota(
  ledger: Ledger,
  wanted: Pick<Claim, 'matterIds' | 'day'>,
  now: Date,
  rules: QuotaRules,
  replaces: string | null = null,
): QuotaRefusal | null {
  if (ledger.pausedUntil && ledger.pausedUntil > now) return 'paused';
  const active = activeClaims(ledger, now).filter((each) => each.bookingId !== replaces);
  const sameDay = active.filter((each) => each.day === wanted.day);
  const quota = quotaOf(ledger._id, rules);
  const same = sameDay.filter((each) => each.matterIds.some((id) => wanted.matterIds.includes(id)));
  if (same.length >= quota.perMatterAndDay) return 'alreadyBooked';
  if (sameDay.length >= quota.perDay) return 'dayQuota';
  if (active.length >= quota.open) return 'openQuota';
  return null;
}
