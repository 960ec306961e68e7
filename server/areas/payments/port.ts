import type { BillKind } from './contract.ts';

/** A bill as its owner has it now. Amounts in fen. */
export interface Bill {
  readonly kind: BillKind;
  readonly number: string;
  readonly title: string;
  /** Masked by the owner's adapter. */
  readonly payer: string;
  readonly lines: readonly { readonly name: string; readonly amount: number }[];
  readonly amount: number;
  readonly state: 'due' | 'paid' | 'cancelled';
  readonly note: string | null;
}

export interface PaidBill {
  readonly number: string;
  /** Our number, the same at every repetition. */
  readonly paymentId: string;
  readonly transactionId: string;
  readonly amount: number;
  readonly paidAt: Date;
}

/** What an owner says to a payment: it has booked it, or it cannot take it and why. */
export type Booked =
  | { readonly taken: true; readonly receiptNumber: string | null }
  | { readonly taken: false; readonly reason: string };

/** A line of an owner's daily file. */
export interface OwnerRow {
  readonly billNumber: string;
  readonly transactionId: string;
  readonly amount: number;
}

/** Who issues bills of a kind and books what is paid. Failures other than an answer are thrown (`GovernmentError`). */
export interface BillOwner {
  readonly kind: BillKind;
  /** The number of a bill from what a citizen typed or scanned; what is wrong with it otherwise. */
  read(text: string, unit: string | null): { readonly number: string } | 'unreadable' | 'unitMissing';
  /** Read anew at the owner; null when it has no such bill. */
  find(number: string): Promise<Bill | null>;
  /** Tells it of a payment; the same `paymentId` again is the same payment. */
  confirm(paid: PaidBill): Promise<Booked>;
  /** What it has booked on a local day `YYYY-MM-DD`; null: not ready yet. */
  dayFile(day: string): Promise<readonly OwnerRow[] | null>;
}

export type BillOwners = ReadonlyMap<BillKind, BillOwner>;
