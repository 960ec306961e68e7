import type { Booking } from './model.ts';

/** Whose quota and standing a booking counts in: those of the one who is served. */
export const ledgerOf = ({ personId, served }: Pick<Booking, 'personId' | 'served'>): string =>
  served?.id ?? personId;
