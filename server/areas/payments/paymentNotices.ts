import { noticeTime } from '../../kernel/localDay.ts';
import { yuanOf } from '../../kernel/money.ts';
import type { NewNotice } from '../notices/createNotice.ts';
import type { Payment } from './model.ts';

const page = (payment: Payment): string => `packages/pay/detail/index?id=${payment._id}`;

const base = (payment: Payment, kind: string, at: Date): Omit<NewNotice, 'values'> => ({
  key: `${payment.personId}:${kind}:${payment._id}`,
  personId: payment.personId,
  kind,
  page: page(payment),
  at,
});

export const paidNotice = (payment: Payment, at: Date): NewNotice => ({
  ...base(payment, 'payment.paid', at),
  values: {
    item: payment.title,
    amount: `${yuanOf(payment.amount)}元`,
    time: noticeTime(payment.paidAt ?? at),
    number: payment.number,
  },
});

export const receiptNotice = (payment: Payment, at: Date): NewNotice => ({
  ...base(payment, 'payment.receipt', at),
  values: {
    item: `${payment.title}（电子票据）`,
    amount: `${yuanOf(payment.amount)}元`,
    number: payment.receiptNumber ?? payment.number,
    time: noticeTime(at),
  },
});

export const refundedNotice = (payment: Payment, at: Date): NewNotice => ({
  ...base(payment, 'payment.refunded', at),
  values: {
    item: payment.title,
    amount: `${yuanOf(payment.amount)}元`,
    time: noticeTime(at),
    reason: payment.refund?.reason ?? '收费单位无法入账',
  },
});
