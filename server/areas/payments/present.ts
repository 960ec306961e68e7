import { noticeTime } from '../../kernel/localDay.ts';
import type { DifferenceKind } from './compareBooks.ts';
import type { DifferenceView, PaymentView, ReconciliationView, StaffPayment } from './contract.ts';
import type { Payment } from './model.ts';
import type { Reconciliation, StoredDifference } from './reconcileModel.ts';
import { stateLabels } from './states.ts';

const notes: Readonly<Record<Payment['state'], string>> = {
  created: '正在向微信支付下单，请稍等。',
  open: '请在有效时间内完成支付。',
  failed: '这次没有发起成功，没有扣款，可以重新支付。',
  closed: '超过时间没有支付，已关闭，没有扣款。',
  paid: '钱已付到，正在通知收费单位入账，一般几分钟内完成。',
  settled: '收费单位已入账，电子票据号见下方。',
  refundAsked: '退款申请正在审批。',
  refunding: '正在退回您的微信支付账户，一般1至3个工作日到账。',
  refunded: '已退回您的微信支付账户。',
  refundFailed: '自动退款没有成功，工作人员会联系您办理。',
};

export function presentPayment(payment: Payment, now: Date): PaymentView {
  const payable = payment.state === 'open' && now < payment.expiresAt;
  return {
    id: payment._id,
    kind: payment.kind,
    number: payment.number,
    title: payment.title,
    lines: [...payment.lines],
    amount: payment.amount,
    state: payment.state,
    stateLabel: stateLabels[payment.state],
    at: noticeTime(payment.createdAt),
    paidAt: payment.paidAt && noticeTime(payment.paidAt),
    expiresAt: noticeTime(payment.expiresAt),
    cashier: payable ? payment.cashier : null,
    receiptNumber: payment.receiptNumber,
    note: notes[payment.state],
  };
}

const labels: Readonly<Record<string, string>> = { wechat: '微信支付', system: '系统' };

/** Who did something to a payment, in words for the desk. */
function actorName(by: string, payment: Payment, names: ReadonlyMap<string, string>): string {
  if (by === payment.personId) return '市民';
  return labels[by] ?? (by.startsWith('owner:') ? '收费单位' : (names.get(by) ?? '工作人员'));
}

/** `names`: of the staff in it. */
export const presentStaffPayment = (payment: Payment, names: ReadonlyMap<string, string>): StaffPayment => ({
  id: payment._id,
  kind: payment.kind,
  number: payment.number,
  title: payment.title,
  amount: payment.amount,
  state: payment.state,
  stateLabel: stateLabels[payment.state],
  at: noticeTime(payment.createdAt),
  paidAt: payment.paidAt && noticeTime(payment.paidAt),
  transactionId: payment.transactionId,
  receiptNumber: payment.receiptNumber,
  refund: payment.refund && { ...payment.refund },
  history: payment.history.map((each) => ({
    ...each,
    at: noticeTime(each.at),
    by: actorName(each.by, payment, names),
  })),
});

export const presentReconciliation = ({ _id, ...rest }: Reconciliation): ReconciliationView => ({
  ...rest,
  day: _id,
  waitsFor: [...rest.waitsFor],
  owners: rest.owners.map((each) => ({ ...each })),
  comparedAt: noticeTime(rest.comparedAt),
});

const differenceLabels: Readonly<Record<DifferenceKind, string>> = {
  missingAtBank: '我方有、微信账单无',
  unknownHere: '微信账单有、我方无',
  bankAmount: '与微信金额不符',
  missingAtOwner: '已收款、收费单位未入账',
  unknownToUs: '收费单位有、我方无',
  ownerAmount: '与收费单位金额不符',
};

export const presentDifference = (
  found: StoredDifference,
  names: ReadonlyMap<string, string>,
): DifferenceView => ({
  id: found._id,
  kind: found.kind,
  kindLabel: differenceLabels[found.kind],
  paymentId: found.paymentId,
  transactionId: found.transactionId,
  billNumber: found.billNumber,
  ours: found.ours,
  theirs: found.theirs,
  settled: found.settled && {
    note: found.settled.note,
    at: noticeTime(found.settled.at),
    by: names.get(found.settled.by) ?? '工作人员',
  },
});
