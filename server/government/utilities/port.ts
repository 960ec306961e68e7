import type { LocalDay } from '../../kernel/localDay.ts';

export type UtilityKind = 'electricity' | 'gas';

/** A month's reading. Amounts in fen. */
export interface UtilityMonth {
  /** `2026-10`: the month of the bill; the reading may be of the month after. */
  readonly month: string;
  /** kWh or m³. */
  readonly usage: number;
  readonly amount: number;
  readonly readOn: LocalDay;
  readonly paid: boolean;
}

/** A household's account. Amounts in fen. */
export interface UtilityAccount {
  readonly kind: UtilityKind;
  readonly number: string;
  /** Masked by the company. */
  readonly name: string;
  readonly address: string;
  /** Paid in advance. */
  readonly balance: number;
  readonly arrears: number;
  readonly lateFee: number;
  /** Newest first, at most twelve. */
  readonly months: readonly UtilityMonth[];
}

export interface UtilityPayment {
  readonly kind: UtilityKind;
  readonly number: string;
  readonly paymentId: string;
  readonly transactionId: string;
  readonly amount: number;
  readonly paidAt: Date;
}

export interface BookedUtility {
  readonly number: string;
  readonly transactionId: string;
  readonly amount: number;
}

/** Electricity and gas. Failures are `GovernmentError`s. */
export interface Utilities {
  /** The household's account; null: no such number, or closed. */
  account(kind: UtilityKind, number: string): Promise<UtilityAccount | null>;
  /** Whether the last character of the holder's name is this one. */
  holds(kind: UtilityKind, number: string, lastCharacter: string): Promise<boolean>;
  /** `elsewhere`: nothing was owed any more. */
  book(payment: UtilityPayment): Promise<{ readonly receiptNumber: string } | 'elsewhere'>;
  dayFile(kind: UtilityKind, day: LocalDay): Promise<readonly BookedUtility[] | null>;
  close(): Promise<void>;
}
