import { createHash } from 'node:crypto';
import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { PayError } from '../../wechat/pay/errors.ts';
import { changePayment } from './changePayment.ts';
import { type PayRequest, paymentErrors } from './contract.ts';
import { readBill } from './findBill.ts';
import { type Payment, payments } from './model.ts';
import type { Bill } from './port.ts';
import type { PaymentsRoom } from './room.ts';

/** WeChat is asked after these times what became of an order nobody told us about. In minutes; then at its expiry. */
export const askAfterMinutes = [1, 5, 15, 60] as const;

/**
 * Begins to pay a bill. The amount is the owner's at this moment, never the page's. The same key again is the same
 * payment; another page of the same person continues the one that is open. Errors: 404 payments.bill_not_found, 409
 * payments.bill_paid, bill_cancelled, amount_changed, key_reused, open_elsewhere, 503 payments.owner_away, bank_away.
 */
export async function startPayment(
  room: PaymentsRoom,
  personId: string,
  channel: 'weapp' | 'h5',
  request: PayRequest,
): Promise<Payment> {
  const digest = digestOf(request);
  const known = await payments().findOne({ personId, key: request.key });
  if (known) {
    if (known.digest !== digest) throw new HallError(paymentErrors.keyReused);
    return known.state === 'created' ? prepare(room, known) : known;
  }
  const bill = await readBill(room, request.kind, request.number);
  if (bill.state === 'paid') throw new HallError(paymentErrors.billPaid);
  if (bill.state === 'cancelled') throw new HallError(paymentErrors.billCancelled);
  if (bill.amount !== request.amount)
    throw new HallError(paymentErrors.amountChanged, { details: { amount: bill.amount } });
  const payment = newPayment(room, personId, channel, request.key, digest, bill);
  try {
    await payments().insertOne(payment);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return continueOpen(room, personId, request, digest);
  }
  return prepare(room, payment);
}

/** A payment of this bill or of this key is there already. */
async function continueOpen(
  room: PaymentsRoom,
  personId: string,
  request: PayRequest,
  digest: string,
): Promise<Payment> {
  const same = await payments().findOne({ personId, key: request.key });
  if (same && same.digest !== digest) throw new HallError(paymentErrors.keyReused);
  const open = same ?? (await payments().findOne({ billKey: billKeyOf(request), open: true }));
  if (!open || open.personId !== personId) throw new HallError(paymentErrors.openElsewhere);
  if (open.state === 'created') return prepare(room, open);
  if (open.state === 'open' && open.amount === request.amount) return open;
  throw new HallError(open.state === 'open' ? paymentErrors.openElsewhere : paymentErrors.billPaid);
}

function newPayment(
  room: PaymentsRoom,
  personId: string,
  channel: 'weapp' | 'h5',
  key: string,
  digest: string,
  bill: Bill,
): Payment {
  const at = room.clock.now();
  return {
    ...{ _id: `P${newId()}`, personId, channel, key, digest },
    ...{ kind: bill.kind, number: bill.number, billKey: billKeyOf(bill), open: true },
    ...{ title: bill.title, lines: bill.lines, amount: bill.amount, state: 'created', cashier: null },
    ...{ transactionId: null, paidAt: null, receiptNumber: null, refund: null, createdAt: at },
    expiresAt: new Date(at.getTime() + room.expiryMinutes * 60_000),
    dueAt: new Date(at.getTime() + askAfterMinutes[0] * 60_000),
    ...{ tries: 0, claim: null },
    history: [{ at, by: personId, event: 'create', to: 'created', why: null }],
  };
}

/** Makes the order known to WeChat; the same order again is the same prepay, so this may be repeated. */
async function prepare(room: PaymentsRoom, payment: Payment): Promise<Payment> {
  const at = room.clock.now();
  const openid = await room.openidOf(payment.personId, payment.channel);
  if (!openid) throw new Error(`person ${payment.personId} has no openid for ${payment.channel}`);
  try {
    const cashier = await room.pay.prepay({
      outTradeNo: payment._id,
      channel: payment.channel,
      openid,
      description: payment.title.slice(0, 60),
      total: payment.amount,
      expiresAt: payment.expiresAt,
      notifyUrl: room.notifyUrl,
    });
    const opened = await changePayment(payment._id, 'prepare', { at, by: 'system', facts: { cashier } });
    return opened ?? (await payments().findOne({ _id: payment._id }))!;
  } catch (error) {
    if (!(error instanceof PayError)) throw error;
    if (error.kind === 'refused' || error.kind === 'closed')
      await changePayment(payment._id, 'reject', {
        at,
        by: 'wechat',
        why: error.code,
        facts: { dueAt: null },
      });
    throw new HallError(paymentErrors.bankAway, { cause: error });
  }
}

const billKeyOf = ({ kind, number }: { kind: string; number: string }): string => `${kind}:${number}`;

const digestOf = ({ kind, number, amount }: PayRequest): string =>
  createHash('sha256').update(`${kind}\n${number}\n${amount}`).digest('base64url');
