import type { LocalDay } from '../../kernel/localDay.ts';
import type { NoteReference } from './noteNumber.ts';

/** A payment note (缴款通知书, or 一般缴款书 with its 缴款码). Amounts in fen. */
export interface PayNote {
  readonly reference: NoteReference;
  /** The collecting unit. */
  readonly unitName: string;
  /** Masked. */
  readonly payer: string;
  readonly items: readonly { readonly name: string; readonly amount: number }[];
  readonly amount: number;
  readonly lateFee: number;
  readonly state: 'cancelled' | 'due' | 'paid';
  /** 票据号码, once it is paid. */
  readonly receiptNumber: string | null;
}

export interface NotePayment {
  readonly reference: NoteReference;
  readonly paymentId: string;
  readonly transactionId: string;
  readonly amount: number;
  readonly paidAt: Date;
}

export interface BookedNote {
  readonly number: string;
  readonly transactionId: string;
  readonly amount: number;
}

/** The treasury's non-tax system. Failures are `GovernmentError`s. */
export interface NonTax {
  find(reference: NoteReference): Promise<PayNote | null>;
  /** `elsewhere`: paid in another way, or cancelled meanwhile. */
  book(payment: NotePayment): Promise<{ readonly receiptNumber: string } | 'elsewhere'>;
  dayFile(day: LocalDay): Promise<readonly BookedNote[] | null>;
  close(): Promise<void>;
}
