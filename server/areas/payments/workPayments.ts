import type { Filter, UpdateFilter } from 'mongodb';
import { GovernmentError } from '../../government/kit/governmentError.ts';
import { inTransaction } from '../../kernel/database.ts';
import { log } from '../../kernel/log.ts';
import { claimRows } from '../../kernel/outbox/claimRows.ts';
import { applyRefund, applyTrade, refundNumberOf } from './applyNotice.ts';
import { changePayment } from './changePayment.ts';
import { type Payment, payments } from './model.ts';
import { receiptNotice } from './paymentNotices.ts';
import type { Booked } from './port.ts';
import type { PaymentsRoom } from './room.ts';
import { askAfterMinutes } from './startPayment.ts';

const leaseMs = 60_000;
const longestPauseMs = 30 * 60_000;
const batch = 20;

/**
 * Does what is due: asks WeChat about payments nobody told us about, closes what has expired, tells the bills' owners,
 * sends refunds on their way. Each payment goes to one worker; a worker that dies is followed by another after a minute.
 * Answers whether there was anything.
 */
export async function workPayments(room: PaymentsRoom): Promise<boolean> {
  const now = room.clock.now();
  const until = new Date(now.getTime() + leaseMs);
  const rows = await claimRows<Payment>(payments(), {
    due: { dueAt: { $lte: now } } as Filter<Payment>,
    sort: { dueAt: 1 },
    limit: batch,
    mark: { $set: { dueAt: until }, $inc: { tries: 1 } } as UpdateFilter<Payment>,
    marked: (row) => ({ ...row, dueAt: until, tries: row.tries + 1 }),
  });
  for (const row of rows) {
    try {
      await workOn(room, row);
    } catch (cause) {
      log.warn({ payment: row._id, state: row.state, cause }, 'a payment has to wait');
      await later(row, now);
    }
  }
  return rows.length > 0;
}

/**
 * The citizen has come back from the cashier and waits: asks WeChat now when no notice has come yet. Answers the payment
 * as it stands then.
 */
export async function askNow(room: PaymentsRoom, payment: Payment): Promise<Payment> {
  if (payment.state !== 'open') return payment;
  const trade = await room.pay.query(payment._id).catch(() => null);
  if (trade?.state === 'SUCCESS') await applyTrade(room, trade);
  return (await payments().findOne({ _id: payment._id }))!;
}

function workOn(room: PaymentsRoom, payment: Payment): Promise<void> {
  switch (payment.state) {
    case 'created':
    case 'open':
      return askBank(room, payment);
    case 'paid':
      return tellOwner(room, payment);
    case 'refunding':
      return sendRefund(room, payment);
    default:
      return rest(payment, null);
  }
}

/** Nobody told us: ask. Unpaid and expired: close, which says for certain that nobody can pay any more. */
async function askBank(room: PaymentsRoom, payment: Payment): Promise<void> {
  const now = room.clock.now();
  const trade = await room.pay.query(payment._id);
  if (trade?.transactionId && (trade.state === 'SUCCESS' || trade.state === 'REFUND')) {
    const problem = await applyTrade(room, trade);
    if (problem) {
      log.error({ payment: payment._id, problem }, 'what WeChat Pay answers does not fit');
      await rest(payment, null);
    }
    return;
  }
  if (now >= payment.expiresAt) {
    // An order WeChat never heard of cannot be paid; its number is not used again.
    const closed = trade ? await room.pay.close(payment._id) : 'closed';
    if (closed === 'paid') return rest(payment, now); // in the very last moment: ask again at once
    await changePayment(payment._id, 'close', {
      ...{ at: now, by: 'system', why: 'expired', facts: { dueAt: null, cashier: null } },
    });
    return;
  }
  const next = askAfterMinutes
    .map((minutes) => payment.createdAt.getTime() + minutes * 60_000)
    .find((at) => at > now.getTime());
  await rest(payment, new Date(Math.min(next ?? Number.POSITIVE_INFINITY, payment.expiresAt.getTime())));
}

/** Until the bill's owner has booked it, or has said that it cannot. */
async function tellOwner(room: PaymentsRoom, payment: Payment): Promise<void> {
  const owner = room.owners.get(payment.kind);
  if (!owner) throw new Error(`nobody takes payments of ${payment.kind}`);
  const told = owner.confirm({
    number: payment.number,
    paymentId: payment._id,
    transactionId: payment.transactionId!,
    amount: payment.amount,
    paidAt: payment.paidAt!,
  });
  // No answer: told again later. An honest no (the amount has grown meanwhile, the bill is gone) is final.
  const booked = await told.catch((error: unknown): Booked => {
    if (error instanceof GovernmentError && error.kind === 'refused')
      return { taken: false, reason: refusalWords(error) };
    throw error;
  });
  const at = room.clock.now();
  if (!booked.taken) {
    await changePayment(payment._id, 'refuse', {
      ...{ at, by: `owner:${payment.kind}`, why: booked.reason },
      facts: { dueAt: at, tries: 0, refund: { reason: booked.reason, askedBy: 'system' } },
    });
    return;
  }
  await inTransaction(async (session) => {
    const settled = await changePayment(payment._id, 'settle', {
      ...{ at, by: `owner:${payment.kind}`, session },
      facts: { dueAt: null, receiptNumber: booked.receiptNumber },
    });
    if (settled) await room.notify(receiptNotice(settled, at), session);
  });
}

/** What the owner said, without the name of its system in front. */
const refusalWords = (error: GovernmentError): string =>
  error.message.slice(`${error.system}: `.length) || '收费单位无法入账';

/** One number, so that asking again is the same refund; then until WeChat says how it ended. */
async function sendRefund(room: PaymentsRoom, payment: Payment): Promise<void> {
  const outRefundNo = refundNumberOf(payment);
  const refund =
    (payment.tries > 1 ? await room.pay.findRefund(outRefundNo) : null) ??
    (await room.pay.refund({
      outRefundNo,
      outTradeNo: payment._id,
      refund: payment.amount,
      total: payment.amount,
      reason: (payment.refund?.reason ?? '无法入账').slice(0, 80),
      notifyUrl: room.notifyUrl,
    }));
  const problem = await applyRefund(room, refund);
  if (problem) log.error({ payment: payment._id, problem }, 'a refund does not fit');
  if (refund.status === 'PROCESSING') await later(payment, room.clock.now());
}

/** The next look; null: none is needed. Changes nothing when the payment has moved meanwhile. */
async function rest(payment: Payment, dueAt: Date | null): Promise<void> {
  await payments().updateOne(
    { _id: payment._id, state: payment.state, claim: payment.claim },
    { $set: { dueAt, claim: null } },
  );
}

const later = (payment: Payment, now: Date): Promise<void> =>
  rest(payment, new Date(now.getTime() + Math.min(5000 * 2 ** Math.min(payment.tries, 12), longestPauseMs)));
