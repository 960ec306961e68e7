import type { Context, Middleware } from 'koa';
import { log } from '../../kernel/log.ts';
import { NoticeRefusal } from '../../wechat/pay/notice.ts';
import { applyStored, receiveNotice } from './receiveNotice.ts';
import type { PaymentsRoom } from './room.ts';

export const noticePath = '/wechat/pay/notice';
const bodyLimit = 64 * 1024;

/**
 * Where WeChat Pay tells us. Mounted before the body parser: the signature is over the bytes. 204 once it is kept, 401 for
 * what is not WeChat's, 405, 413; 500 when it could not be kept, and WeChat comes again.
 */
export function noticeDoor(room: PaymentsRoom): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== noticePath) return next();
    if (ctx.method !== 'POST') return refuse(ctx, 405, '只接受 POST');
    const body = await readBody(ctx);
    if (body === null) return refuse(ctx, 413, '内容过大');
    try {
      const notice = await receiveNotice(room, ctx.headers, body);
      ctx.status = 204;
      // WeChat has its answer within its five seconds; what fails now is applied by the sweeper.
      void applyStored(room, notice).catch((cause: unknown) =>
        log.warn({ notice: notice._id, cause }, 'a notice has to wait for the sweeper'),
      );
    } catch (error) {
      if (!(error instanceof NoticeRefusal)) throw error;
      log.warn({ because: error.message }, 'a notice of WeChat Pay was refused');
      refuse(ctx, 401, '验签失败');
    }
  };
}

function refuse(ctx: Context, status: number, message: string): void {
  ctx.status = status;
  ctx.body = { code: 'FAIL', message };
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
