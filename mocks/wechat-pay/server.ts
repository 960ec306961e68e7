import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa, { type Context } from 'koa';
import Router from 'koa-router';
import { Bills } from './bills.ts';
import { CashierRefusal, openCashier, type PayRequest, payOrder } from './cashier.ts';
import { PayRefusal, paramError, supportCode } from './errors.ts';
import { Notices } from './notices.ts';
import { closeOrder, findOrder, prepay, presentOrder } from './orders.ts';
import { applyRefund, findRefund } from './refunds.ts';
import { platformHeaders, seal, verifyRequest } from './signing.ts';
import { noFaults, type PayFaults, type PayOptions, PayWorld } from './world.ts';

export type { PayOptions } from './world.ts';

/** The running stand-in. The controls do in process what `/__mock/pay/*` does over HTTP. */
export interface WechatPay {
  readonly url: string;
  readonly port: number;
  readonly world: PayWorld;
  readonly notices: Notices;
  setFaults(faults: Partial<PayFaults>): void;
  /** What WeChat's cashier does when the citizen confirms. */
  pay(request: PayRequest, openid: string): void;
  close(): Promise<void>;
}

/** WeChat Pay v3 for one direct merchant, on one port of this machine. */
export async function startWechatPay(options: PayOptions): Promise<WechatPay> {
  const world = new PayWorld(options);
  const notices = new Notices(world);
  const bills = new Bills(world);
  const app = new Koa();
  app.silent = true;
  app.use(readBody);
  app.use(cashierRoutes(world, notices).routes());
  app.use(controlRoutes(world, notices).routes());
  app.use(platformDoor(world));
  app.use(merchantRoutes(world, notices, bills).routes());
  const server = createServer(app.callback());
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    world,
    notices,
    setFaults: (faults) => Object.assign(world.faults, faults),
    pay: (request, openid) => void payOrder(world, notices, request, openid),
    close: async () => {
      await notices.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await world.close();
    },
  };
}

type Fields = Record<string, unknown>;

const mostBytes = 1024 * 1024;

async function readBody(ctx: Context, next: () => Promise<unknown>): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) ctx.throw(413);
    chunks.push(chunk);
  }
  ctx.state['raw'] = Buffer.concat(chunks).toString('utf8');
  await next();
}

/** Faults, the merchant's signature, refusals in WeChat's shape, and WeChat's signature on the answer. */
function platformDoor(world: PayWorld): Koa.Middleware {
  return async (ctx, next) => {
    const { faults } = world;
    if (faults.down) {
      ctx.res.socket?.destroy();
      ctx.respond = false;
      return;
    }
    if (faults.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.latencyMs));
    try {
      if (Math.random() < faults.errorRate) throw new PayRefusal(500, 'SYSTEM_ERROR', '系统异常，请稍后重试');
      const { method, headers } = ctx.request;
      verifyRequest(
        { method, target: ctx.url, headers, body: ctx.state['raw'] as string },
        world.keys,
        world.wall(),
      );
      await next();
      if (ctx.status === 404 && ctx.body === undefined)
        throw new PayRefusal(404, 'RESOURCE_NOT_EXISTS', '请求的资源不存在');
    } catch (error) {
      if (!(error instanceof PayRefusal)) throw error;
      const { status, code, message, detail } = error;
      ctx.status = status;
      ctx.body = { code, message, ...(detail !== undefined && { detail }) };
    }
    const body = ctx.body;
    world.note(ctx.method, ctx.path, ctx.status);
    const code = typeof body === 'object' && body && 'code' in body ? supportCode(String(body.code)) : 0;
    ctx.set('Request-ID', `08${randomBytes(14).toString('hex').toUpperCase()}-${code || 0}`);
    if (Math.random() < faults.dropResponses) {
      ctx.res.socket?.destroy();
      ctx.respond = false;
      return;
    }
    if (ctx.path.startsWith('/v3/billdownload/')) return; // files are not signed
    const text = ctx.status === 204 ? '' : JSON.stringify(body);
    ctx.set(platformHeaders(text, world.keys, world.signing, world.wall()));
    if (ctx.status === 204) return;
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = text;
  };
}

function merchantRoutes(world: PayWorld, notices: Notices, bills: Bills): Router {
  const router = new Router({ prefix: '/v3' });
  const json = (ctx: Context): Fields => {
    try {
      const value: unknown = JSON.parse(ctx.state['raw'] as string);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
    } catch {
      // told below
    }
    throw paramError('请求体不是合法的JSON对象');
  };
  const mine = (ctx: Context): void => {
    if (ctx.query['mchid'] !== world.keys.mchid)
      throw paramError('输入源“/query/mchid”映射到字段“商户号”，必填');
  };
  router.post('/pay/transactions/jsapi', (ctx) => {
    ctx.body = prepay(world, json(ctx));
  });
  router.get('/pay/transactions/out-trade-no/:number', (ctx) => {
    mine(ctx);
    ctx.body = presentOrder(findOrder(world, { outTradeNo: ctx.params['number']! }), world);
  });
  router.get('/pay/transactions/id/:id', (ctx) => {
    mine(ctx);
    ctx.body = presentOrder(findOrder(world, { transactionId: ctx.params['id']! }), world);
  });
  router.post('/pay/transactions/out-trade-no/:number/close', (ctx) => {
    if (json(ctx)['mchid'] !== world.keys.mchid)
      throw new PayRefusal(400, 'PARAM_ERROR', '商户号与请求头不一致');
    closeOrder(world, ctx.params['number']!);
    ctx.status = 204;
  });
  router.post('/refund/domestic/refunds', (ctx) => {
    ctx.body = applyRefund(world, notices, json(ctx));
  });
  router.get('/refund/domestic/refunds/:number', (ctx) => {
    ctx.body = findRefund(world, ctx.params['number']!);
  });
  router.get('/bill/tradebill', (ctx) => {
    ctx.body = bills.trade(ctx.URL.searchParams);
  });
  router.get('/billdownload/file', (ctx) => {
    const file = bills.file(ctx.URL.searchParams.get('token') ?? '');
    ctx.type = file.type;
    ctx.body = file.bytes;
  });
  router.get('/certificates', (ctx) => {
    if (world.signing === 'publicKey')
      throw new PayRefusal(
        404,
        'RESOURCE_NOT_EXISTS',
        '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。',
      );
    ctx.body = {
      data: world.keys.platform.map((each) => ({
        serial_no: each.serial,
        effective_time: each.effective,
        expire_time: each.expires,
        encrypt_certificate: seal(each.certificate, 'certificate', world.keys.apiV3Key),
      })),
    };
  });
  return router;
}

/** The side the citizen's WeChat sees. */
function cashierRoutes(world: PayWorld, notices: Notices): Router {
  const router = new Router({ prefix: '/__phone/cashier' });
  const answer =
    (act: (request: PayRequest, openid: string) => unknown): Koa.Middleware =>
    (ctx) => {
      const { openid, ...request } = JSON.parse(ctx.state['raw'] as string) as PayRequest & {
        openid: string;
      };
      try {
        ctx.body = { ok: true, sheet: act(request, openid) };
      } catch (error) {
        if (!(error instanceof CashierRefusal)) throw error;
        ctx.body = { ok: false, message: error.message };
      }
    };
  router.post('/open', answer((request, openid) => openCashier(world, request, openid)) as never);
  router.post('/pay', answer((request, openid) => payOrder(world, notices, request, openid)) as never);
  return router;
}

/** Switches and a look inside, for demonstrations and for tests in other languages. */
function controlRoutes(world: PayWorld, notices: Notices): Router {
  const router = new Router({ prefix: '/__mock/pay' });
  router.get('/state', (ctx) => {
    ctx.body = {
      faults: world.faults,
      signing: world.signing,
      orders: world.orders.values().map(({ request: _, ...each }) => each),
      refunds: world.refunds.values().map(({ request: _, ...each }) => each),
      notices: world.notices.values().map(({ resource: _, ...each }) => each),
      calls: world.calls,
    };
  });
  router.post('/faults', (ctx) => {
    const wanted = JSON.parse(ctx.state['raw'] as string) as Partial<PayFaults>;
    for (const name of Object.keys(noFaults) as (keyof PayFaults)[])
      if (wanted[name] !== undefined) Object.assign(world.faults, { [name]: wanted[name] });
    ctx.body = world.faults;
  });
  router.post('/notices/:id/resend', async (ctx) => {
    ctx.body = { status: await notices.resend(ctx.params['id']!) };
  });
  return router;
}
