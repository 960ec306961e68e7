import { z } from 'zod';

export const PaymentState = z.enum([
  'created',
  'open',
  'failed',
  'closed',
  'paid',
  'settled',
  'refundAsked',
  'refunding',
  'refunded',
  'refundFailed',
]);
export type PaymentState = z.infer<typeof PaymentState>;

/** Whose bill it is: 非税缴款, 交通罚款, 电费, 燃气费. */
export const BillKind = z.enum(['nonTax', 'fine', 'electricity', 'gas']);
export type BillKind = z.infer<typeof BillKind>;

const Fen = z.int().min(0);
const BillNumber = z.string().regex(/^[0-9A-Z-]{6,50}$/);

/** `number`: as typed, or the text of a QR code. `unit`: 执收单位编码, for old-style payment notes. */
export const BillQuery = z.object({
  kind: BillKind,
  number: z.string().trim().min(1).max(120),
  unit: z
    .string()
    .trim()
    .regex(/^\d{3,30}$/)
    .optional(),
});
export const BillView = z.object({
  kind: BillKind,
  number: z.string(),
  title: z.string(),
  /** Masked. */
  payer: z.string(),
  lines: z.array(z.object({ name: z.string(), amount: Fen })),
  /** All lines together: what is to be paid now. */
  amount: Fen,
  state: z.enum(['due', 'paid', 'cancelled']),
  /** Why the amount may change: 「11月30日后每天加收3%滞纳金」; null when it does not. */
  note: z.string().nullable(),
});
export type BillView = z.infer<typeof BillView>;

/** `key` is made by the page once per tap on 「去支付」: the same key again is the same payment. */
export const PayRequest = z.object({
  kind: BillKind,
  /** As the bill that was shown has it. */
  number: BillNumber,
  key: z.string().min(16).max(64),
  /** What the citizen saw. */
  amount: z.int().min(1),
});
export type PayRequest = z.infer<typeof PayRequest>;

export const Cashier = z.object({
  appId: z.string(),
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal('RSA'),
  paySign: z.string(),
});

export const PaymentView = z.object({
  id: z.string(),
  kind: BillKind,
  number: z.string(),
  title: z.string(),
  lines: z.array(z.object({ name: z.string(), amount: Fen })),
  amount: Fen,
  state: PaymentState,
  stateLabel: z.string(),
  /** 「2026年11月25日 10:00」 */
  at: z.string(),
  paidAt: z.string().nullable(),
  expiresAt: z.string(),
  /** To open the cashier; null when it cannot be paid now. */
  cashier: Cashier.nullable(),
  receiptNumber: z.string().nullable(),
  /** What became of it and what comes next, in one sentence. */
  note: z.string(),
});
export type PaymentView = z.infer<typeof PaymentView>;
export const PaymentList = z.object({ payments: z.array(PaymentView) });
export type PaymentList = z.infer<typeof PaymentList>;
export const PaymentParams = z.object({ id: z.string().max(40) });

export const paymentErrors = {
  notFound: { id: 'payments.not_found', status: 404, message: '没有找到这笔缴费，请在「我的缴费」里查看。' },
  billNotFound: {
    id: 'payments.bill_not_found',
    status: 404,
    message: '没有查到这个号码的账单，请核对后再试；刚开出的单据可能要过几小时才能查到。',
  },
  badNumber: {
    id: 'payments.bad_number',
    status: 400,
    message: '号码不对，请照单据上的号码再填一次，或扫描单据上的二维码。',
  },
  unitNeeded: {
    id: 'payments.unit_needed',
    status: 400,
    message: '这种缴款通知书还要填执收单位编码，在通知书右上方。',
  },
  billPaid: { id: 'payments.bill_paid', status: 409, message: '这张账单已经缴清，不用再缴。' },
  billCancelled: { id: 'payments.bill_cancelled', status: 409, message: '这张账单已经取消，不用缴。' },
  amountChanged: {
    id: 'payments.amount_changed',
    status: 409,
    message: '应缴金额刚刚有变化，请核对新的金额后再支付。',
  },
  keyReused: {
    id: 'payments.key_reused',
    status: 409,
    message: '这次支付的内容前后不一致，请返回账单页重新支付。',
  },
  openElsewhere: {
    id: 'payments.open_elsewhere',
    status: 409,
    message: '这张账单正有一笔支付在进行，请等它完成或过期后再试。',
  },
  ownerAway: {
    id: 'payments.owner_away',
    status: 503,
    message: '收费单位的系统暂时连不上，请稍后再试；您的钱没有被扣。',
  },
  bankAway: {
    id: 'payments.bank_away',
    status: 503,
    message: '微信支付暂时没有应答，请稍后在「我的缴费」里查看结果，不要重复支付。',
  },
  notRefundable: { id: 'payments.not_refundable', status: 409, message: '这笔缴费现在不能退款。' },
  dayOpen: {
    id: 'payments.day_open',
    status: 409,
    message: '这一天的账还没有对平，请先处理完差异再关账。',
  },
  ownRefund: { id: 'payments.own_refund', status: 403, message: '自己提出的退款要由另一个人审批。' },
} as const;

export const StaffPaymentsQuery = z.object({
  state: PaymentState.optional(),
  /** A bill's number, or ours. */
  number: z.string().max(60).optional(),
  before: z.string().max(40).optional(),
});
export const StaffPayment = z.object({
  id: z.string(),
  kind: BillKind,
  number: z.string(),
  title: z.string(),
  amount: Fen,
  state: PaymentState,
  stateLabel: z.string(),
  at: z.string(),
  paidAt: z.string().nullable(),
  transactionId: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  refund: z.object({ reason: z.string(), askedBy: z.string() }).nullable(),
  history: z.array(
    z.object({
      at: z.string(),
      by: z.string(),
      event: z.string(),
      to: z.string(),
      why: z.string().nullable(),
    }),
  ),
});
export type StaffPayment = z.infer<typeof StaffPayment>;
export const StaffPayments = z.object({
  payments: z.array(StaffPayment),
  /** For the next page; null at the end. */
  next: z.string().nullable(),
});
export const RefundRequest = z.object({ reason: z.string().trim().min(2).max(80) });
export const RefundDecision = z.object({
  decision: z.enum(['approve', 'deny']),
  why: z.string().trim().min(2).max(80),
});

const Sums = z.object({ lines: z.number(), paid: Fen, refunded: Fen });
export const ReconciliationView = z.object({
  day: z.string(),
  state: z.enum(['waiting', 'agrees', 'differs', 'closed']),
  waitsFor: z.array(z.string()),
  bank: Sums,
  books: Sums,
  owners: z.array(z.object({ kind: BillKind, lines: z.number(), amount: Fen })),
  differences: z.number(),
  comparedAt: z.string(),
  closedBy: z.string().nullable(),
});
export type ReconciliationView = z.infer<typeof ReconciliationView>;
export const ReconciliationList = z.object({ days: z.array(ReconciliationView) });
export const DayParams = z.object({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) });
export const DifferenceView = z.object({
  id: z.string(),
  kind: z.string(),
  kindLabel: z.string(),
  paymentId: z.string(),
  transactionId: z.string(),
  billNumber: z.string(),
  ours: Fen.nullable(),
  theirs: Fen.nullable(),
  settled: z.object({ by: z.string(), at: z.string(), note: z.string() }).nullable(),
});
export type DifferenceView = z.infer<typeof DifferenceView>;
export const DifferenceList = z.object({ differences: z.array(DifferenceView) });
export const DifferenceParams = z.object({ id: z.string().max(120) });
export const DifferenceNote = z.object({ note: z.string().trim().min(2).max(200) });
