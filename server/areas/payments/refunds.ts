import { HallError } from '../../kernel/http/hallError.ts';
import { changePayment } from './changePayment.ts';
import { paymentErrors } from './contract.ts';
import { type Payment, payments } from './model.ts';
import type { PaymentsRoom } from './room.ts';

/** A member of staff asks for a refund. Errors: 404 payments.not_found, 409 payments.not_refundable. */
export async function askRefund(
  room: PaymentsRoom,
  id: string,
  reason: string,
  staffId: string,
): Promise<Payment> {
  await findPayment(id);
  const asked = await changePayment(id, 'askRefund', {
    ...{ at: room.clock.now(), by: staffId, why: reason },
    facts: { refund: { reason, askedBy: staffId } },
  });
  if (!asked) throw new HallError(paymentErrors.notRefundable);
  return asked;
}

/** Another one decides. Errors: 404 payments.not_found, 409 payments.not_refundable, 403 payments.own_refund. */
export async function decideRefund(
  room: PaymentsRoom,
  id: string,
  decision: 'approve' | 'deny',
  why: string,
  staffId: string,
): Promise<Payment> {
  const payment = await findPayment(id);
  if (payment.refund?.askedBy === staffId) throw new HallError(paymentErrors.ownRefund);
  const at = room.clock.now();
  const decided = await changePayment(id, decision === 'approve' ? 'approveRefund' : 'denyRefund', {
    ...{ at, by: staffId, why },
    facts: decision === 'approve' ? { dueAt: at, tries: 0 } : { refund: null },
  });
  if (!decided) throw new HallError(paymentErrors.notRefundable);
  return decided;
}

/** Errors: 404 payments.not_found. */
export async function findPayment(id: string): Promise<Payment> {
  const payment = await payments().findOne({ _id: id });
  if (!payment) throw new HallError(paymentErrors.notFound);
  return payment;
}
