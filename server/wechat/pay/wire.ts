import { z } from 'zod';
import type { Trade, TradeRefund } from './port.ts';

const fen = z.int().min(0);
const tradeStates = [
  ...(['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED'] as const),
  ...(['REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'] as const),
] as const;

/** An order in a query's answer or in a notice. */
export const tradeShape = z.object({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.enum(tradeStates),
  transaction_id: z.string().optional(),
  success_time: z.iso.datetime({ offset: true }).optional(),
  payer: z.object({ openid: z.string().optional() }).optional(),
  amount: z.object({ total: fen, currency: z.literal('CNY').optional() }),
});

const refundStatus = z.enum(['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED']);

/** A refund: the notice says `refund_status`, the query and the application say `status`. */
export const refundShape = z.object({
  mchid: z.string().optional(),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  refund_id: z.string(),
  refund_status: refundStatus.optional(),
  status: refundStatus.optional(),
  success_time: z.iso.datetime({ offset: true }).optional(),
  amount: z.object({ total: fen, refund: fen }),
});

export function readTrade(trade: z.output<typeof tradeShape>): Trade {
  return {
    outTradeNo: trade.out_trade_no,
    appid: trade.appid,
    state: trade.trade_state,
    transactionId: trade.transaction_id ?? null,
    paidAt: trade.success_time ? new Date(trade.success_time) : null,
    total: trade.amount.total,
    openid: trade.payer?.openid ?? null,
  };
}

export function readRefund(refund: z.output<typeof refundShape>): TradeRefund {
  return {
    outRefundNo: refund.out_refund_no,
    outTradeNo: refund.out_trade_no,
    refundId: refund.refund_id,
    status: refund.refund_status ?? refund.status ?? 'PROCESSING',
    refund: refund.amount.refund,
    total: refund.amount.total,
    refundedAt: refund.success_time ? new Date(refund.success_time) : null,
  };
}
