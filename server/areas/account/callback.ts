import { randomInt } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Clock } from '../../kernel/clock.ts';
import { cdata, parseXml, textAt } from '../../kernel/xml/parseXml.ts';
import { MessageCrypto, signatureMatches, signatureOf } from '../../wechat/official-account/messageCrypto.ts';
import { type InboundMessage, inboundMessageOf } from './inboundMessage.ts';
import { type ReceiveNeeds, receiveMessage } from './receiveMessage.ts';

export interface CallbackRoom extends ReceiveNeeds {
  readonly clock: Clock;
  readonly appid: string;
  /** Token and EncodingAESKey of the account's server settings. */
  readonly token: string;
  readonly aesKey: string;
  /**
   * Takes reports of sends (thousands a second in a broadcast) past the one-by-one path; false: not one of those.
   * They are idempotent by themselves.
   */
  readonly takeReport?: (message: InboundMessage) => Promise<boolean>;
}

/** How far a delivery's timestamp may be from our clock. */
const freshSeconds = 300;
const bodyLimit = 64 * 1024;

/**
 * `/wechat/callback`, in safe mode only: signature, freshness, decryption, appid. Mounted before the body parser.
 * 200 with '' or an encrypted reply; 400 for what cannot be read, 403 for what is not signed by WeChat, 405, 413.
 */
export function wechatCallback(room: CallbackRoom): Middleware {
  const crypto = new MessageCrypto(room.aesKey, room.appid);
  return async (ctx, next) => {
    if (ctx.path !== '/wechat/callback') return next();
    ctx.type = 'text/plain; charset=utf-8';
    if (ctx.method === 'GET') return verifyAddress(room, ctx);
    if (ctx.method !== 'POST') return refuse(ctx, 405);
    return takeDelivery(room, crypto, ctx);
  };
}

/** WeChat asks once, when the address is entered in its settings, whether it is ours. */
function verifyAddress(room: CallbackRoom, ctx: Context): void {
  const { signature, timestamp, nonce, echostr } = parameters(ctx);
  const ours = isFresh(room, timestamp) && signatureMatches(signature, room.token, timestamp, nonce);
  if (ours) ctx.body = echostr;
  else refuse(ctx, 403);
}

async function takeDelivery(room: CallbackRoom, crypto: MessageCrypto, ctx: Context): Promise<void> {
  const query = parameters(ctx);
  // A plain message is signed without its body: whoever sees one signature could write any message with it.
  if (query.encrypt_type !== 'aes' || !isFresh(room, query.timestamp)) return refuse(ctx, 403);
  const body = await readBody(ctx);
  if (body === null) return refuse(ctx, 413);
  const encrypted = attempt(() => textAt(parseXml(body), 'xml', 'Encrypt'));
  if (!encrypted) return refuse(ctx, 400);
  if (!signatureMatches(query.msg_signature, room.token, query.timestamp, query.nonce, encrypted)) {
    return refuse(ctx, 403);
  }
  const plain = attempt(() => crypto.decrypt(encrypted));
  if (plain === undefined) return refuse(ctx, 403);
  const message = attempt(() => inboundMessageOf(parseXml(plain)['xml'] ?? ''));
  if (!message) return refuse(ctx, 400);
  ctx.status = 200;
  ctx.body = '';
  if (await room.takeReport?.(message)) return;
  const reply = await receiveMessage(room, message);
  if (reply === '') return;
  ctx.type = 'text/xml; charset=utf-8';
  ctx.body = sealed(room, crypto, textReply(room, message, reply));
}

function textReply(room: CallbackRoom, message: InboundMessage, text: string): string {
  return `<xml><ToUserName>${cdata(message.openid)}</ToUserName><FromUserName>${cdata(message.account)}</FromUserName><CreateTime>${seconds(room)}</CreateTime><MsgType>${cdata('text')}</MsgType><Content>${cdata(text)}</Content></xml>`;
}

function sealed(room: CallbackRoom, crypto: MessageCrypto, reply: string): string {
  const encrypted = crypto.encrypt(reply);
  const timestamp = String(seconds(room));
  const nonce = String(randomInt(1e9, 1e10));
  const signature = signatureOf(room.token, timestamp, nonce, encrypted);
  return `<xml><Encrypt>${cdata(encrypted)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`;
}

const seconds = (room: CallbackRoom): number => Math.floor(room.clock.wall().getTime() / 1000);

/** In a demo whose clock runs ahead, its WeChat does as well; everywhere else the two clocks are one. */
function isFresh({ clock }: CallbackRoom, timestamp: string): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const age = (now: Date): number => Math.abs(now.getTime() / 1000 - Number(timestamp));
  return Math.min(age(clock.wall()), age(clock.now())) <= freshSeconds;
}

function parameters(ctx: Context): Record<Parameter, string> {
  const one = (name: Parameter): string => {
    const value = ctx.query[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    signature: one('signature'),
    msg_signature: one('msg_signature'),
    timestamp: one('timestamp'),
    nonce: one('nonce'),
    echostr: one('echostr'),
    encrypt_type: one('encrypt_type'),
  };
}
type Parameter = 'signature' | 'msg_signature' | 'timestamp' | 'nonce' | 'echostr' | 'encrypt_type';

function refuse(ctx: Context, status: number): void {
  ctx.status = status;
  ctx.body = '';
}

async function readBody(ctx: Context): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
