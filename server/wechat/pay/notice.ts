import { createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import type { NoticeHeaders, PayNotice } from './port.ts';
import { type PlatformKeys, signatureFault } from './verifier.ts';
import { readRefund, readTrade, refundShape, tradeShape } from './wire.ts';

/** The notice is not WeChat's, or not for us: answer 4xx and change nothing. */
export class NoticeRefusal extends Error {
  override readonly name = 'NoticeRefusal';
}

export interface NoticeSettings {
  readonly keys: PlatformKeys;
  /** 32 bytes. */
  readonly apiV3Key: string;
  readonly mchid: string;
  readonly appids: readonly string[];
}

const noticeShape = z.object({
  id: z.string().min(1).max(64),
  event_type: z.string(),
  resource_type: z.literal('encrypt-resource'),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    original_type: z.string().optional(),
    ciphertext: z.base64(),
    associated_data: z.string().optional(),
    nonce: z.string().min(1).max(32),
  }),
});

const tagBytes = 16;

/**
 * Verifies the signature over the raw body, then opens the resource with its tag checked (wechatpay-node-v3 checks neither
 * tag nor associated data), then reads it. Throws NoticeRefusal.
 */
export function readNotice(
  settings: NoticeSettings,
  headers: NoticeHeaders,
  rawBody: string,
  now: Date,
): PayNotice {
  const fault = signatureFault(headers, rawBody, settings.keys, now);
  if (fault) throw new NoticeRefusal(fault);
  const notice = noticeShape.safeParse(parsed(rawBody));
  if (!notice.success) throw new NoticeRefusal('not a notice');
  const { id, event_type, resource } = notice.data;
  const plain = parsed(open(resource, settings.apiV3Key));
  if (event_type === 'TRANSACTION.SUCCESS') {
    const trade = tradeShape.safeParse(plain);
    if (!trade.success) throw new NoticeRefusal('not a trade');
    if (trade.data.mchid !== settings.mchid) throw new NoticeRefusal('another merchant');
    if (!settings.appids.includes(trade.data.appid)) throw new NoticeRefusal('another application');
    if (trade.data.trade_state !== 'SUCCESS') throw new NoticeRefusal('not paid');
    return { id, kind: 'paid', trade: readTrade(trade.data) };
  }
  if (event_type.startsWith('REFUND.')) {
    const refund = refundShape.safeParse(plain);
    if (!refund.success) throw new NoticeRefusal('not a refund');
    if (refund.data.mchid !== settings.mchid) throw new NoticeRefusal('another merchant');
    return { id, kind: 'refund', refund: readRefund(refund.data) };
  }
  throw new NoticeRefusal(`unknown event ${event_type.slice(0, 40)}`);
}

function open(
  resource: { ciphertext: string; associated_data?: string | undefined; nonce: string },
  apiV3Key: string,
): string {
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  if (bytes.length <= tagBytes) throw new NoticeRefusal('nothing sealed');
  try {
    const decipher = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(resource.associated_data ?? ''));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    throw new NoticeRefusal('cannot be opened');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoticeRefusal('not JSON');
  }
}
