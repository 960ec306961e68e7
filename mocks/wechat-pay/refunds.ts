import { randomBytes } from 'node:crypto';
import { invalidRequest, PayRefusal, paramError } from './errors.ts';
import type { Notices } from './notices.ts';
import { findOrder, flatKeys, notifyUrl, objectOf, textOf } from './orders.ts';
import { type PayOrder, type PayRefund, type PayWorld, rfc3339 } from './world.ts';

type Fields = Record<string, unknown>;

const refundNumber = /^[0-9A-Za-z_\-|*@]{1,64}$/;
const yearMs = 365 * 86_400_000;
const mostRefunds = 50;

/** POST /v3/refund/domestic/refunds. The same number again is the same refund; accepted is not yet refunded. */
export function applyRefund(world: PayWorld, notices: Notices, body: Fields): Fields {
  const outRefundNo = textOf(body, 'out_refund_no');
  if (!refundNumber.test(outRefundNo)) throw paramError('输入源“/body/out_refund_no”字符串规则校验失败');
  const request = JSON.stringify(body, Object.keys(flatKeys(body)).sort());
  const known = world.refunds.get(outRefundNo);
  if (known) {
    if (known.request !== request) throw invalidRequest('请求重入时，参数与首次请求时不一致');
    return presentRefund(known, orderOf(world, known));
  }
  const transactionId = textOf(body, 'transaction_id');
  const order = findOrder(
    world,
    transactionId ? { transactionId } : { outTradeNo: textOf(body, 'out_trade_no') },
  );
  const refund = readRefund(world, order, body, outRefundNo, request);
  world.refunds.set(outRefundNo, refund);
  order.state = 'REFUND';
  world.orders.set(order.outTradeNo, order);
  setTimeout(() => settle(world, notices, refund), world.faults.refundDelayMs).unref();
  return presentRefund(refund, order);
}

function readRefund(
  world: PayWorld,
  order: PayOrder,
  body: Fields,
  outRefundNo: string,
  request: string,
): PayRefund {
  const now = world.now();
  const amount = objectOf(body, 'amount');
  const { refund, total, currency } = amount;
  if (typeof refund !== 'number' || !Number.isInteger(refund) || refund < 1)
    throw paramError('输入源“/body/amount/refund”映射到数值字段“退款金额”规则校验失败，值应大于或等于 1');
  if (currency !== 'CNY') throw paramError('输入源“/body/amount/currency”校验失败');
  if (order.state !== 'SUCCESS' && order.state !== 'REFUND')
    throw new PayRefusal(400, 'INVALID_REQUEST', '订单未支付，不可退款');
  if (total !== order.total) throw invalidRequest('订单金额或退款金额与之前请求不一致，请核实后再试');
  if (now.getTime() - Date.parse(order.successTime!) > yearMs)
    throw new PayRefusal(403, 'TRADE_ERROR', '订单已超过可退款的最大期限(1年)');
  const before = world.refunds
    .values()
    .filter((each) => each.outTradeNo === order.outTradeNo && each.status !== 'CLOSED');
  if (before.length >= mostRefunds) throw new PayRefusal(403, 'RULE_LIMIT', '单笔订单退款次数超过50次');
  if (before.reduce((sum, each) => sum + each.refund, 0) + refund > order.total)
    throw invalidRequest('申请退款金额超过订单可退金额');
  const last = Math.max(0, ...before.map((each) => Date.parse(each.createdAt)));
  if (now.getTime() - last < (world.options.refundGapMs ?? 60_000))
    throw new PayRefusal(429, 'FREQUENCY_LIMITED', '同一笔订单的退款申请过于频繁，请1分钟后再试');
  const url = textOf(body, 'notify_url');
  return {
    ...{ outRefundNo, refund, request, reason: textOf(body, 'reason') },
    outTradeNo: order.outTradeNo,
    refundId: `5030${randomBytes(6).readUIntBE(0, 6).toString().padStart(15, '0')}`,
    notifyUrl: url ? notifyUrl(url, world) : null,
    createdAt: now.toISOString(),
    status: 'PROCESSING',
    successTime: null,
  };
}

function settle(world: PayWorld, notices: Notices, refund: PayRefund): void {
  refund.status = world.faults.refundEnds;
  refund.successTime = refund.status === 'SUCCESS' ? world.now().toISOString() : null;
  world.refunds.set(refund.outRefundNo, refund);
  if (!refund.notifyUrl) return;
  const order = orderOf(world, refund);
  const { status, ...facts } = presentRefund(refund, order);
  notices.tell({
    eventType: `REFUND.${refund.status}`,
    summary: refund.status === 'SUCCESS' ? '退款成功' : '退款异常',
    originalType: 'refund',
    url: refund.notifyUrl,
    // The notice has `refund_status` where the query has `status`.
    resource: { mchid: world.keys.mchid, ...facts, refund_status: status },
  });
}

export function findRefund(world: PayWorld, outRefundNo: string): Fields {
  const refund = world.refunds.get(outRefundNo);
  if (!refund) throw new PayRefusal(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
  return presentRefund(refund, orderOf(world, refund));
}

const orderOf = (world: PayWorld, refund: PayRefund): PayOrder => world.orders.get(refund.outTradeNo)!;

function presentRefund(refund: PayRefund, order: PayOrder): Fields {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    create_time: rfc3339(new Date(refund.createdAt)),
    ...(refund.successTime && { success_time: rfc3339(new Date(refund.successTime)) }),
    status: refund.status,
    amount: {
      total: order.total,
      refund: refund.refund,
      payer_total: order.total,
      payer_refund: refund.refund,
      currency: 'CNY',
    },
  };
}
