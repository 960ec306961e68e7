import { HallError } from '../../kernel/http/hallError.ts';
import { addDays, type LocalDay, localDayOf } from '../../kernel/localDay.ts';
import { log } from '../../kernel/log.ts';
import {
  type BankLine,
  type BookLine,
  compareBooks,
  type Difference,
  type OwnerLine,
} from './compareBooks.ts';
import { type BillKind, paymentErrors } from './contract.ts';
import { ledger } from './ledgerModel.ts';
import { payments } from './model.ts';
import {
  differences,
  type Reconciliation,
  reconciliations,
  type StoredDifference,
} from './reconcileModel.ts';
import type { PaymentsRoom } from './room.ts';

const batch = 1000;

/**
 * Compares a day's books: WeChat's bill, our ledger, each owner's file. Safe to run again: the same difference keeps its
 * place on the desk, one that has gone is marked so. `onProgress` hears how many lines of how many are read.
 */
export async function reconcileDay(
  room: PaymentsRoom,
  day: LocalDay,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<Reconciliation> {
  const bill = await room.pay.bill(day);
  const bank = (bill ?? []).map((row): BankLine => {
    const { kind, transactionId, amount } = row;
    return { paymentId: row.outTradeNo, kind, transactionId, amount };
  });
  const books = await readBooks([day], onProgress);
  const booksBeside = await readBooks([addDays(day, -1), addDays(day, 1)]);
  const { owners, ownersNext, waitsFor } = await readOwners(room, day);
  // No bill on a day with payments of ours: it is not ready. On a day without any there will be none.
  if (bill === null && books.length > 0) waitsFor.unshift('wechat');
  const found = waitsFor.includes('wechat')
    ? []
    : compareBooks({ bank, books, booksBeside, owners, ownersNext });
  const now = room.clock.now();
  await keepDifferences(day, found, now);
  const open = await openDifferences(day);
  const result: Reconciliation = {
    _id: day,
    state: waitsFor.length > 0 ? 'waiting' : open.length > 0 ? 'differs' : 'agrees',
    waitsFor,
    bank: sums(bank),
    books: sums(books),
    owners: [...owners].map(([kind, lines]) => ({
      ...{ kind, lines: lines.length },
      amount: lines.reduce((all, each) => all + each.amount, 0),
    })),
    differences: open.length,
    comparedAt: now,
    closedBy: null,
  };
  const { _id, ...facts } = result;
  await reconciliations()
    .updateOne({ _id, state: { $ne: 'closed' } }, { $set: facts }, { upsert: true })
    .catch(
      // A closed day stays as it was closed.
      (error: unknown) => {
        if ((error as { code?: unknown }).code !== 11000) throw error;
      },
    );
  if (open.length > 0) log.warn({ day, differences: open.length }, 'the books differ');
  return (await reconciliations().findOne({ _id: day })) ?? result;
}

/** The ledger's lines of these days, with the bill each is for. */
async function readBooks(
  days: readonly LocalDay[],
  onProgress: (done: number, of: number) => void = () => {},
): Promise<BookLine[]> {
  const entries = await ledger()
    .find({ day: { $in: [...days] } })
    .toArray();
  const lines: BookLine[] = [];
  for (let from = 0; from < entries.length; from += batch) {
    const part = entries.slice(from, from + batch);
    const ids = [...new Set(part.map(({ paymentId }) => paymentId))];
    const found = await payments()
      .find({ _id: { $in: ids } }, { projection: { kind: 1, number: 1, transactionId: 1 } })
      .toArray();
    const byId = new Map(found.map((each) => [each._id, each]));
    for (const { paymentId, debit, amount } of part) {
      const payment = byId.get(paymentId);
      lines.push({
        ...{ paymentId, amount, kind: debit === 'wechat' ? 'payment' : 'refund' },
        billKind: payment?.kind ?? 'nonTax',
        billNumber: payment?.number ?? '',
        transactionId: payment?.transactionId ?? '',
      });
    }
    onProgress(Math.min(from + batch, entries.length), entries.length);
  }
  return lines;
}

async function readOwners(room: PaymentsRoom, day: LocalDay) {
  const owners = new Map<BillKind, readonly OwnerLine[]>();
  const ownersNext = new Set<string>();
  const waitsFor: string[] = [];
  for (const owner of room.owners.values()) {
    const { kind } = owner;
    const file = await owner.dayFile(day).catch(() => null);
    if (file === null) waitsFor.push(kind);
    else
      owners.set(
        kind,
        file.map((row) => ({ billKind: kind, ...row })),
      );
    // 日切: what came after the owner's cut stands in its next file, once that is there.
    const next = await owner.dayFile(addDays(day, 1)).catch(() => null);
    for (const { transactionId } of next ?? []) ownersNext.add(transactionId);
  }
  return { owners, ownersNext, waitsFor };
}

const idOf = (day: LocalDay, { kind, transactionId, paymentId }: Difference): string =>
  `${day}:${kind}:${transactionId || paymentId}`;

async function keepDifferences(day: LocalDay, found: readonly Difference[], now: Date): Promise<void> {
  const ids = found.map((each) => idOf(day, each));
  for (let from = 0; from < found.length; from += batch)
    await differences().bulkWrite(
      found.slice(from, from + batch).map((each) => ({
        updateOne: {
          filter: { _id: idOf(day, each) },
          update: { $set: { ...each, gone: false }, $setOnInsert: { day, foundAt: now, settled: null } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  await differences().updateMany({ day, _id: { $nin: ids } }, { $set: { gone: true } });
}

/** What of a day still needs a person. */
export const openDifferences = (day: LocalDay): Promise<StoredDifference[]> =>
  differences().find({ day, gone: false, settled: null }).sort({ _id: 1 }).toArray();

/** A member of staff has dealt with a difference. Errors: 404 payments.not_found. */
export async function settleDifference(
  room: PaymentsRoom,
  id: string,
  note: string,
  staffId: string,
): Promise<StoredDifference> {
  const settled = { by: staffId, at: room.clock.now(), note };
  const difference = await differences().findOneAndUpdate(
    { _id: id, settled: null },
    { $set: { settled } },
    { returnDocument: 'after' },
  );
  if (!difference) throw new HallError(paymentErrors.notFound);
  const left = await openDifferences(difference.day);
  await reconciliations().updateOne(
    { _id: difference.day, state: 'differs' },
    { $set: { differences: left.length, ...(left.length === 0 && { state: 'agrees' }) } },
  );
  return difference;
}

/** Closes a day whose books agree, or whose differences are all dealt with. Errors: 409 payments.day_open. */
export async function closeDay(day: LocalDay, staffId: string): Promise<Reconciliation> {
  const closed = await reconciliations().findOneAndUpdate(
    { _id: day, state: 'agrees' },
    { $set: { state: 'closed', closedBy: staffId } },
    { returnDocument: 'after' },
  );
  if (!closed) throw new HallError(paymentErrors.dayOpen);
  return closed;
}

/** The days that are not closed yet, of the last ten; the job of each morning. */
export async function reconcileOpenDays(room: PaymentsRoom): Promise<void> {
  const today = localDayOf(room.clock.now());
  for (let back = 10; back >= 1; back--) {
    const day = addDays(today, -back);
    const known = await reconciliations().findOne({ _id: day });
    if (known && known.state !== 'waiting') continue;
    if (!known && (await ledger().countDocuments({ day }, { limit: 1 })) === 0) continue;
    await reconcileDay(room, day);
  }
}

function sums(lines: readonly { kind: 'payment' | 'refund'; amount: number }[]): Reconciliation['bank'] {
  const of = (kind: 'payment' | 'refund'): number =>
    lines.filter((each) => each.kind === kind).reduce((all, each) => all + each.amount, 0);
  return { lines: lines.length, paid: of('payment'), refunded: of('refund') };
}
