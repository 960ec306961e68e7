import { inTransaction } from '../../kernel/database.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import type { Trade, TradeRefund } from '../../wechat/pay/port.ts';
import { changePayment } from './changePayment.ts';
import { ledger } from './ledgerModel.ts';
import { type Payment, payments } from './model.ts';
import { paidNotice, refundedNotice } from './paymentNotices.ts';
import type { PaymentsRoom } from './room.ts';

/**
 * WeChat says that a payment was paid, by a notice or when asked: state, ledger and message change together, once.
 * Answers what does not fit, for a person to look at; null when all is well.
 */
export async function applyTrade(room: PaymentsRoom, trade: Trade): Promise<string | null> {
  const payment = await payments().findOne({ _id: trade.outTradeNo });
  if (!payment) return 'no such payment';
  if (trade.total !== payment.amount) return `the amount is ${trade.total}, not ${payment.amount}`;
  if (!trade.transactionId || !trade.paidAt) return 'paid without a number or a time';
  if (payment.transactionId && payment.transactionId !== trade.transactionId)
    return `paid a second time, as ${trade.transactionId}`;
  if (payment.transactionId) return null; // told before
  const { transactionId, paidAt } = trade;
  await inTransaction(async (session) => {
    const at = room.clock.now();
    const paid = await changePayment(payment._id, 'pay', {
      ...{ at, by: 'wechat', session },
      facts: { transactionId, paidAt, cashier: null, dueAt: at, tries: 0 },
    });
    if (!paid) return; // another was first
    await ledger().insertOne(
      {
        _id: `${paid._id}:paid`,
        paymentId: paid._id,
        debit: 'wechat',
        credit: `owner:${paid.kind}`,
        amount: paid.amount,
        at: paidAt,
        day: localDayOf(paidAt),
      },
      { session },
    );
    await room.notify(paidNotice(paid, at), session);
  });
  return null;
}

/** WeChat says how a refund ended. */
export async function applyRefund(room: PaymentsRoom, refund: TradeRefund): Promise<string | null> {
  const payment = await payments().findOne({ _id: refund.outTradeNo });
  if (!payment) return 'no such payment';
  if (refund.outRefundNo !== refundNumberOf(payment)) return 'a refund that is not ours';
  if (refund.refund !== payment.amount) return `the refund is ${refund.refund}, not ${payment.amount}`;
  if (refund.status === 'PROCESSING') return null;
  if (refund.status !== 'SUCCESS') {
    await changePayment(payment._id, 'refundFails', {
      ...{ at: room.clock.now(), by: 'wechat', why: refund.status },
      facts: { dueAt: null },
    });
    return null;
  }
  await inTransaction(async (session) => {
    const at = room.clock.now();
    const done = await changePayment(payment._id, 'refunded', {
      ...{ at, by: 'wechat', session, facts: { dueAt: null } },
    });
    if (!done) return;
    const refundedAt = refund.refundedAt ?? at;
    await ledger().insertOne(
      {
        _id: `${done._id}:refunded`,
        paymentId: done._id,
        debit: `owner:${done.kind}`,
        credit: 'wechat',
        amount: done.amount,
        at: refundedAt,
        day: localDayOf(refundedAt),
      },
      { session },
    );
    await room.notify(refundedNotice(done, at), session);
  });
  return null;
}

/** One payment is refunded at most once, so its refund has one number, whatever happens on the way. */
export const refundNumberOf = (payment: Payment): string => `R${payment._id}`;
