import { randomBytes } from 'node:crypto';
import type { Notices } from './notices.ts';
import { prepayLifeMs, presentOrder } from './orders.ts';
import { paySignHolds } from './signing.ts';
import type { PayOrder, PayWorld } from './world.ts';

/** What a page gives to wx.requestPayment or to the bridge of an h5 page. */
export interface PayRequest {
  readonly appId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: string;
  readonly paySign: string;
}

export interface CashierSheet {
  readonly description: string;
  /** Fen. */
  readonly total: number;
  readonly outTradeNo: string;
}

/** The words WeChat shows instead of the cashier. */
export class CashierRefusal extends Error {}

/** The sheet WeChat shows; refuses what WeChat refuses before anybody can pay. */
export function openCashier(world: PayWorld, request: PayRequest, openid: string): CashierSheet {
  const { description, total, outTradeNo } = payable(world, request, openid);
  return { description, total, outTradeNo };
}

/** The citizen has confirmed with the password: the order is paid, once, and the merchant will be told. */
export function payOrder(
  world: PayWorld,
  notices: Notices,
  request: PayRequest,
  openid: string,
): CashierSheet {
  const order = payable(world, request, openid);
  order.state = 'SUCCESS';
  order.successTime = world.now().toISOString();
  order.transactionId = `42000${randomBytes(5).readUIntBE(0, 5).toString().padStart(13, '0')}${String(Date.now()).slice(-10)}`;
  world.orders.set(order.outTradeNo, order);
  notices.tell({
    eventType: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    originalType: 'transaction',
    url: order.notifyUrl,
    resource: presentOrder(order, world),
  });
  return { description: order.description, total: order.total, outTradeNo: order.outTradeNo };
}

function payable(world: PayWorld, request: PayRequest, openid: string): PayOrder {
  if (request.signType !== 'RSA' || !paySignHolds(request, world.keys))
    throw new CashierRefusal('支付验证签名失败');
  const prepayId = /^prepay_id=(.+)$/.exec(request.package)?.[1];
  const order = world.orders.values().find((each) => each.prepayId === prepayId);
  if (!order || order.appid !== request.appId) throw new CashierRefusal('商户订单不存在，请重新下单');
  const now = world.now().getTime();
  const expires = Math.min(
    Date.parse(order.createdAt) + prepayLifeMs,
    order.timeExpire ? Date.parse(order.timeExpire) : Number.POSITIVE_INFINITY,
  );
  if (order.state === 'CLOSED' || now > expires) throw new CashierRefusal('订单已关闭或已过期，请重新下单');
  if (order.state !== 'NOTPAY') throw new CashierRefusal('订单已支付，请勿重复支付');
  if (order.openid !== openid) throw new CashierRefusal('下单用户与支付用户不一致');
  return order;
}
