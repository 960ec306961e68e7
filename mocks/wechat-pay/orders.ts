import { randomBytes } from 'node:crypto';
import { invalidRequest, notThere, PayRefusal, paramError } from './errors.ts';
import { localDay, type PayOrder, type PayWorld, rfc3339 } from './world.ts';

type Fields = Record<string, unknown>;

/** Letters, digits, `_`, `-`, `|` and `*`; 6 to 32 of them. */
const orderNumber = /^[0-9A-Za-z_\-|*]{6,32}$/;
export const prepayLifeMs = 2 * 3_600_000;

/** POST /v3/pay/transactions/jsapi. The same number again must come with the same request. */
export function prepay(world: PayWorld, body: Fields): { prepay_id: string } {
  const request = JSON.stringify(body, Object.keys(flatKeys(body)).sort());
  const order = readOrder(world, body, request);
  const known = world.orders.get(order.outTradeNo);
  if (!known) {
    world.orders.set(order.outTradeNo, order);
    return { prepay_id: order.prepayId };
  }
  if (known.state === 'SUCCESS' || known.state === 'REFUND')
    throw new PayRefusal(400, 'ORDER_PAID', '该订单已支付');
  if (known.state === 'CLOSED') throw new PayRefusal(400, 'ORDER_CLOSED', '该订单已关闭，请重新下单');
  if (known.request !== request) throw invalidRequest('请求重入时，参数与首次请求时不一致');
  return { prepay_id: known.prepayId };
}

function readOrder(world: PayWorld, body: Fields, request: string): PayOrder {
  const amount = objectOf(body, 'amount');
  const now = world.now();
  const appid = textOf(body, 'appid');
  if (textOf(body, 'mchid') !== world.keys.mchid || !world.options.appids.includes(appid))
    throw new PayRefusal(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
  const outTradeNo = textOf(body, 'out_trade_no');
  if (!orderNumber.test(outTradeNo))
    throw paramError('输入源“/body/out_trade_no”映射到值字段“商户订单号”字符串规则校验失败');
  const description = textOf(body, 'description');
  if ([...description].length < 1 || [...description].length > 127)
    throw paramError('输入源“/body/description”映射到值字段“商品描述”字符串规则校验失败');
  const total = amount['total'];
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 1)
    throw paramError('输入源“/body/amount/total”映射到数值字段“总金额”规则校验失败，值应大于或等于 1');
  if ((amount['currency'] ?? 'CNY') !== 'CNY') throw paramError('输入源“/body/amount/currency”校验失败');
  const openid = textOf(objectOf(body, 'payer'), 'openid');
  if (!openid) throw paramError('下单必传支付用户openid');
  const timeExpire = body['time_expire'] === undefined ? null : textOf(body, 'time_expire');
  if (timeExpire !== null) {
    const at = Date.parse(timeExpire);
    if (Number.isNaN(at) || !/T.*([+-]\d\d:\d\d|Z)$/.test(timeExpire))
      throw paramError('输入源“/body/time_expire”日期格式应为rfc3339');
    if (at < now.getTime() + 60_000) throw paramError('time_expire时间过短，刷卡至少1分钟，其他5分钟');
  }
  const attach = textOf(body, 'attach');
  if ([...attach].length > 128)
    throw paramError('输入源“/body/attach”映射到值字段“附加数据”字符串规则校验失败');
  return {
    ...{ outTradeNo, appid, openid, description, attach, total, timeExpire, request },
    notifyUrl: notifyUrl(textOf(body, 'notify_url'), world),
    prepayId: `wx${localDay(now).replaceAll('-', '')}${randomBytes(12).toString('hex')}`,
    createdAt: now.toISOString(),
    state: 'NOTPAY',
    transactionId: null,
    successTime: null,
  };
}

/** Absolute http(s) with a path, without a query, not in a private network. */
export function notifyUrl(text: string, world: PayWorld): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const refused = !url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.pathname === '/';
  const privateHost = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1)/.test(
    url?.hostname ?? '',
  );
  if (refused || text.length > 255 || (privateHost && !world.options.allowPrivateNotify))
    throw paramError('notify_url不符合要求：必须为可直接访问的URL，不允许携带查询串，不能是内网地址');
  return text;
}

/** GET of an order by the merchant's number or by the platform's. */
export function findOrder(world: PayWorld, by: { outTradeNo: string } | { transactionId: string }): PayOrder {
  const order =
    'outTradeNo' in by
      ? world.orders.get(by.outTradeNo)
      : world.orders.values().find((each) => each.transactionId === by.transactionId);
  if (!order) throw notThere();
  return order;
}

/** Close is re-entrant; a paid order cannot be closed. */
export function closeOrder(world: PayWorld, outTradeNo: string): void {
  const order = findOrder(world, { outTradeNo });
  if (order.state === 'SUCCESS' || order.state === 'REFUND')
    throw new PayRefusal(400, 'ORDER_PAID', '该订单已支付');
  order.state = 'CLOSED';
  world.orders.set(outTradeNo, order);
}

const stateWords = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，转入退款',
  CLOSED: '订单已关闭',
};

/** What a query answers and a notice carries. */
export function presentOrder(order: PayOrder, world: PayWorld): Fields {
  const paid = order.state === 'SUCCESS' || order.state === 'REFUND';
  return {
    appid: order.appid,
    mchid: world.keys.mchid,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: stateWords[order.state],
    attach: order.attach,
    ...(paid && {
      transaction_id: order.transactionId,
      trade_type: 'JSAPI',
      bank_type: 'OTHERS',
      success_time: rfc3339(new Date(order.successTime!)),
    }),
    payer: { openid: order.openid },
    amount: {
      total: order.total,
      currency: 'CNY',
      ...(paid && { payer_total: order.total, payer_currency: 'CNY' }),
    },
  };
}

export const textOf = (fields: Fields, name: string): string =>
  typeof fields[name] === 'string' ? (fields[name] as string) : '';

export function objectOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** All names at any depth, so that two requests can be compared whatever the order of their fields. */
export function flatKeys(value: unknown, into: Record<string, true> = {}): Record<string, true> {
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      into[key] = true;
      flatKeys(inner, into);
    }
  return into;
}
