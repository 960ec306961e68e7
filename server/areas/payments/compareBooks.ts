import type { BillKind } from './contract.ts';

/** What WeChat's bill says of one payment or refund. Amounts in fen. */
export interface BankLine {
  readonly paymentId: string;
  readonly kind: 'payment' | 'refund';
  readonly transactionId: string;
  readonly amount: number;
}

/** What our ledger says. */
export interface BookLine {
  readonly paymentId: string;
  readonly kind: 'payment' | 'refund';
  readonly billKind: BillKind;
  readonly billNumber: string;
  readonly transactionId: string;
  readonly amount: number;
}

/** What a bill's owner says it has booked. */
export interface OwnerLine {
  readonly billKind: BillKind;
  readonly billNumber: string;
  readonly transactionId: string;
  readonly amount: number;
}

export const differenceKinds = [
  /** 我有彼无: in our ledger, not in WeChat's bill. */
  'missingAtBank',
  /** 彼有我无: in WeChat's bill, not in our ledger. */
  'unknownHere',
  /** 金额不符 between WeChat and us. */
  'bankAmount',
  /** Paid here, not in the owner's file. */
  'missingAtOwner',
  /** In the owner's file with our channel, unknown here. */
  'unknownToUs',
  /** 金额不符 between the owner and us. */
  'ownerAmount',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export interface Difference {
  readonly kind: DifferenceKind;
  /** Our payment, or '' when we have none. */
  readonly paymentId: string;
  readonly transactionId: string;
  readonly billNumber: string;
  readonly ours: number | null;
  readonly theirs: number | null;
}

export interface DayBooks {
  readonly bank: readonly BankLine[];
  /** Of the day, and of the days beside it: what one side books before midnight, another may book after. */
  readonly books: readonly BookLine[];
  readonly booksBeside: readonly BookLine[];
  /** Owners whose file of the day is there. */
  readonly owners: ReadonlyMap<BillKind, readonly OwnerLine[]>;
  /** Transactions in the owners' files of the day after (日切). */
  readonly ownersNext: ReadonlySet<string>;
}

const lineKey = (line: { readonly paymentId: string; readonly kind: string }): string =>
  `${line.kind}:${line.paymentId}`;

/**
 * Compares a day's three books. What another day's book of the same side explains is no difference. Pure; the order of
 * lines does not matter, and a line that comes twice at the bank is a difference.
 */
export function compareBooks({ bank, books, booksBeside, owners, ownersNext }: DayBooks): Difference[] {
  return [...compareBank(bank, books, booksBeside), ...compareOwners(books, booksBeside, owners, ownersNext)];
}

function compareBank(
  bank: readonly BankLine[],
  books: readonly BookLine[],
  beside: readonly BookLine[],
): Difference[] {
  const differences: Difference[] = [];
  const ours = new Map(books.map((line) => [lineKey(line), line]));
  const near = new Map(beside.map((line) => [lineKey(line), line]));
  const met = new Set<string>();
  for (const line of bank) {
    const key = lineKey(line);
    const book = ours.get(key) ?? near.get(key);
    if (!book || met.has(key))
      differences.push({
        ...{ kind: 'unknownHere', paymentId: book ? line.paymentId : '', billNumber: book?.billNumber ?? '' },
        ...{ transactionId: line.transactionId, ours: null, theirs: line.amount },
      });
    else if (book.amount !== line.amount)
      differences.push({
        ...{ kind: 'bankAmount', paymentId: line.paymentId, billNumber: book.billNumber },
        ...{ transactionId: line.transactionId, ours: book.amount, theirs: line.amount },
      });
    met.add(key);
  }
  for (const book of books)
    if (!met.has(lineKey(book)))
      differences.push({
        ...{ kind: 'missingAtBank', paymentId: book.paymentId, billNumber: book.billNumber },
        ...{ transactionId: book.transactionId, ours: book.amount, theirs: null },
      });
  return differences;
}

function compareOwners(
  books: readonly BookLine[],
  beside: readonly BookLine[],
  owners: DayBooks['owners'],
  next: ReadonlySet<string>,
): Difference[] {
  const differences: Difference[] = [];
  const paid = books.filter(({ kind }) => kind === 'payment');
  const refunded = new Set(
    [...books, ...beside].filter((each) => each.kind === 'refund').map((each) => each.paymentId),
  );
  const known = new Map([...beside, ...books].map((line) => [line.transactionId, line]));
  for (const [billKind, lines] of owners) {
    const theirs = new Map(lines.map((line) => [line.transactionId, line]));
    for (const line of lines) {
      const book = known.get(line.transactionId);
      const facts = { transactionId: line.transactionId, billNumber: line.billNumber, theirs: line.amount };
      if (!book) differences.push({ kind: 'unknownToUs', paymentId: '', ours: null, ...facts });
      else if (book.amount !== line.amount)
        differences.push({ kind: 'ownerAmount', paymentId: book.paymentId, ours: book.amount, ...facts });
    }
    for (const book of paid) {
      if (book.billKind !== billKind || theirs.has(book.transactionId) || next.has(book.transactionId))
        continue;
      // What the owner could not take went back to the citizen: it is in nobody's file, and should not be.
      if (refunded.has(book.paymentId)) continue;
      differences.push({
        ...{ kind: 'missingAtOwner', paymentId: book.paymentId, billNumber: book.billNumber },
        ...{ transactionId: book.transactionId, ours: book.amount, theirs: null },
      });
    }
  }
  return differences;
}
