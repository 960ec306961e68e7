import type { KeyObject } from 'node:crypto';
import Pay from 'wechatpay-node-v3';
import { z } from 'zod';
import { readBill } from './bill.ts';
import { PayError } from './errors.ts';
import { PayHttp } from './httpService.ts';
import { readNotice } from './notice.ts';
import type { CashierRequest, WechatPay } from './port.ts';
import { readRefund, readTrade, refundShape, tradeShape } from './wire.ts';

export interface PaySettings {
  readonly base: string;
  readonly mchid: string;
  /** The merchant's certificate and its key, PEM. */
  readonly certificate: string;
  readonly privateKey: string;
  /** Upper-case hex, as WeChat writes it; the library would send it in lower case. */
  readonly serial: string;
  readonly apiV3Key: string;
  readonly platformKeys: ReadonlyMap<string, KeyObject>;
  readonly appids: { readonly weapp: string; readonly h5: string };
  readonly timeoutMs?: number;
  /** Wall time. */
  readonly now: () => Date;
}

const billAnswer = z.object({
  download_url: z.string(),
  hash_type: z.literal('SHA1'),
  hash_value: z.string(),
});

/** WeChat Pay by wechatpay-node-v3, whose holes (no time limit, unsigned answers, unchecked tags) are closed here. */
export function connectWechatPay(settings: PaySettings): WechatPay {
  const http = new PayHttp({
    base: settings.base,
    keys: settings.platformKeys,
    timeoutMs: settings.timeoutMs ?? 5000,
    now: settings.now,
  });
  // The library signs a payment with its own appid: one instance for each place people pay in.
  const payOf = (appid: string): Pay => {
    const pay = new Pay({
      appid,
      mchid: settings.mchid,
      serial_no: settings.serial,
      publicKey: Buffer.from(settings.certificate),
      privateKey: Buffer.from(settings.privateKey),
      userAgent: 'zengcheng-service-hall',
    });
    pay.createHttp(http as never);
    return pay;
  };
  const pays = { weapp: payOf(settings.appids.weapp), h5: payOf(settings.appids.h5) };
  const any = pays.weapp;
  const notices = {
    keys: settings.platformKeys,
    apiV3Key: settings.apiV3Key,
    mchid: settings.mchid,
    appids: Object.values(settings.appids),
  };

  return {
    prepay: async (order) => {
      const answer = await pays[order.channel].transactions_jsapi({
        description: order.description,
        out_trade_no: order.outTradeNo,
        time_expire: rfc3339(order.expiresAt),
        notify_url: order.notifyUrl,
        amount: { total: order.total, currency: 'CNY' },
        payer: { openid: order.openid },
      });
      const request = answer['data'] as CashierRequest | undefined;
      if (!request?.paySign) throw new PayError('unknown', 'no prepay_id', 'prepay');
      return request;
    },
    query: async (outTradeNo) => {
      const answer = await orAbsent(any.query({ out_trade_no: checked(outTradeNo) }));
      return answer && readTrade(readAs(tradeShape, answer, 'query'));
    },
    close: async (outTradeNo) => {
      try {
        await any.close(checked(outTradeNo));
        return 'closed';
      } catch (error) {
        if (error instanceof PayError && error.kind === 'paid') return 'paid';
        throw error;
      }
    },
    refund: async (refund) => {
      const answer = await any.refunds({
        out_trade_no: refund.outTradeNo,
        out_refund_no: refund.outRefundNo,
        reason: refund.reason,
        notify_url: refund.notifyUrl,
        amount: { refund: refund.refund, total: refund.total, currency: 'CNY' },
      } as never);
      return readRefund(readAs(refundShape, answer, 'refund'));
    },
    findRefund: async (outRefundNo) => {
      const answer = await orAbsent(any.find_refunds(checked(outRefundNo)));
      return answer && readRefund(readAs(refundShape, answer, 'findRefund'));
    },
    bill: async (day) => {
      const answer = await orAbsent(
        any.tradebill({ bill_date: day, bill_type: 'ALL', tar_type: 'GZIP' } as never),
      );
      if (!answer) return null;
      const { download_url, hash_value } = readAs(billAnswer, answer, 'bill');
      const file = await any.downloadBill(download_url);
      return readBill(file['data'] as unknown as Buffer, hash_value);
    },
    readNotice: (headers, rawBody, now) => readNotice(notices, headers, rawBody, now),
    end: () => http.end(),
  };
}

/** The library puts numbers into addresses as they are. */
function checked(number: string): string {
  if (!/^[0-9A-Za-z_-]{6,64}$/.test(number)) throw new PayError('refused', 'not a number of ours', 'query');
  return number;
}

async function orAbsent<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof PayError && error.kind === 'absent') return null;
    throw error;
  });
}

function readAs<T>(shape: z.ZodType<T>, answer: unknown, operation: string): T {
  const read = shape.safeParse((answer as { data: unknown }).data);
  if (!read.success) throw new PayError('unknown', 'an answer of another shape', operation);
  return read.data;
}

/** Beijing's offset, to the second. */
function rfc3339(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
