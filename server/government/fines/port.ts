import type { LocalDay } from '../../kernel/localDay.ts';

/** A traffic fine by its decision (处罚决定书). Amounts in fen. */
export interface Fine {
  /** As the owner prints it, 16 digits. */
  readonly decisionNumber: string;
  /** 「粤A·D12345」 with its middle hidden. */
  readonly plate: string;
  /** Masked. */
  readonly person: string;
  readonly offence: string;
  readonly decidedOn: LocalDay;
  /** Last day without a late fee. */
  readonly payBy: LocalDay;
  readonly principal: number;
  /** As of today, by the owner's reckoning. */
  readonly lateFee: number;
  readonly paid: boolean;
}

export interface FinePayment {
  readonly decisionNumber: string;
  /** Our number; the same again is the same payment. */
  readonly paymentId: string;
  readonly transactionId: string;
  /** Principal and late fee together. */
  readonly amount: number;
  readonly paidAt: Date;
}

/** The traffic police's fines. Failures are `GovernmentError`s. */
export interface Fines {
  /** By 15 (printed without the check digit) or 16 digits; null: not there. `notYet`: decided, but not in the books yet. */
  find(decisionNumber: string): Promise<Fine | 'notYet' | null>;
  /** `elsewhere`: it was paid in another way meanwhile; the money has to go back. */
  book(payment: FinePayment): Promise<{ readonly receiptNumber: string } | 'elsewhere'>;
  /** What was booked on a day, from the file of the night after; null: not ready. */
  dayFile(day: LocalDay): Promise<readonly BookedFine[] | null>;
  close(): Promise<void>;
}

export interface BookedFine {
  readonly decisionNumber: string;
  readonly transactionId: string;
  readonly amount: number;
}
