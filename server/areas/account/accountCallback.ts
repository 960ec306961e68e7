import type { Middleware } from 'koa';
import { wechatCallback } from './callback.ts';
import { handleMessage } from './handleMessage.ts';
import { takeReportsOf } from './reports.ts';
import type { AccountRoom } from './room.ts';

/** The whole of `/wechat/callback`: reports of sends, and what citizens write and do. Mount it before the body parser. */
export const accountCallback = (
  room: AccountRoom,
  keys: { readonly appid: string; readonly token: string; readonly aesKey: string },
): Middleware =>
  wechatCallback({
    ...keys,
    clock: room.clock,
    takeReport: takeReportsOf(room.clock),
    handle: (message) => handleMessage(room, message),
    sayLater: (openid, text) => room.account.sendText(openid, text),
  });
