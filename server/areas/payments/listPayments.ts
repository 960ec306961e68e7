import type { Filter } from 'mongodb';
import { HallError } from '../../kernel/http/hallError.ts';
import { type PaymentState, paymentErrors } from './contract.ts';
import { type Payment, payments } from './model.ts';

const pageSize = 50;

/** My payments, newest first. */
export function listOwnPayments(personId: string): Promise<Payment[]> {
  return payments().find({ personId }).sort({ createdAt: -1 }).limit(pageSize).toArray();
}

/** Mine, or 404 payments.not_found. */
export async function findOwnPayment(personId: string, id: string): Promise<Payment> {
  const payment = await payments().findOne({ _id: id, personId });
  if (!payment) throw new HallError(paymentErrors.notFound);
  return payment;
}

/** For the cashier's desk, newest first; ids sort by time, so a page begins below the last id of the one before. */
export async function listStaffPayments(wanted: {
  readonly state?: PaymentState | undefined;
  readonly number?: string | undefined;
  readonly before?: string | undefined;
}): Promise<{ payments: Payment[]; next: string | null }> {
  const filter: Filter<Payment> = {
    ...(wanted.state && { state: wanted.state }),
    ...(wanted.before && { _id: { $lt: wanted.before } }),
    ...(wanted.number && { $or: [{ _id: wanted.number }, { number: wanted.number }] }),
  };
  const found = await payments().find(filter).sort({ _id: -1 }).limit(pageSize).toArray();
  return { payments: found, next: found.length === pageSize ? found.at(-1)!._id : null };
}
