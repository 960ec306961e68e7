import type { Context } from 'koa';
import type { World } from '../world.ts';
import type { JsonObject } from './errors.ts';
import { errorText, Refusal } from './errors.ts';
import { makeRid } from './ids.ts';
import { compactJson, parseBody } from './json.ts';
import { type Part, parseMultipart } from './multipart.ts';
import type { Account } from './tokens.ts';

export type Call = {
  world: World;
  /** The application the access token speaks for; 'oa' where no token is needed. */
  account: Account;
  query: URLSearchParams;
  body: JsonObject;
  raw: Buffer;
  parts: Part[];
  ctx: Context;
};

/** A handler's result: fields of the answer, or bytes. `errcode: 0` is added by `ok`. */
export type Answer = JsonObject | { bytes: Buffer; type: string };
export type Handler = (call: Call) => Answer | Promise<Answer>;

export type Endpoint = {
  method: 'GET' | 'POST' | 'ANY';
  path: string;
  /** Whose access token is needed; another application's is refused with 48001. */
  token: Account | 'any' | 'none';
  body?: 'json' | 'multipart' | 'none';
  handle: Handler;
};

export type RidRecord = {
  at: number;
  costMs: number;
  url: string;
  request: string;
  response: string;
  ip: string;
};

export const ok = (fields: JsonObject = {}): JsonObject => ({ errcode: 0, errmsg: 'ok', ...fields });

/** The calls of the last hours by rid, for openapi/rid/get. */
export const ridKept = 2000;

/** Serves an endpoint: faults, method, token, quota, body, handler, and the answer in WeChat's form. */
export function serve(
  world: World,
  rids: Map<string, RidRecord>,
  endpoint: Endpoint,
): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const started = performance.now();
    const faulty = world.faults.appliesTo(ctx.path);
    const raw = await readAll(ctx);
    if (faulty) await world.faults.wait();
    if (faulty && injectHttpError(ctx, world)) return;
    let text: string;
    try {
      if (faulty && world.faults.happens(world.faults.current.errorRate)) {
        throw new Refusal(world.faults.current.errcode, errorText(world.faults.current.errcode));
      }
      const answer = await run(ctx, world, endpoint, raw);
      if ('bytes' in answer && Buffer.isBuffer(answer.bytes)) {
        ctx.set('Content-Type', String(answer.type));
        ctx.body = answer.bytes;
        return;
      }
      text = compactJson(answer as JsonObject);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      world.ledger.refuse(ctx.path, error.errcode);
      const rid = makeRid(world.now());
      const words = `${error.message} rid: ${rid}`;
      text = compactJson({ errcode: error.errcode, errmsg: words, ...error.extra });
      rids.set(rid, {
        at: world.now().getTime(),
        costMs: Math.round(performance.now() - started),
        url: ctx.href,
        request: raw.subarray(0, 4000).toString('utf8'),
        response: text,
        ip: ctx.ip,
      });
      if (rids.size > ridKept) rids.delete(rids.keys().next().value!);
    }
    if (faulty && world.faults.happens(world.faults.current.dropResponses)) {
      ctx.respond = false;
      ctx.req.socket.destroy();
      return;
    }
    ctx.set('Content-Type', 'application/json; encoding=utf-8');
    ctx.body = text;
  };
}

async function run(ctx: Context, world: World, endpoint: Endpoint, raw: Buffer): Promise<Answer> {
  const query = new URLSearchParams(ctx.querystring);
  let account: Account = 'oa';
  if (endpoint.token !== 'none') {
    account = world.tokens.check(query.get('access_token'));
    if (endpoint.token !== 'any' && endpoint.token !== account) throw new Refusal(48001);
  }
  if (endpoint.method === 'GET' && ctx.method !== 'GET') throw new Refusal(43001);
  if (endpoint.method === 'POST' && ctx.method !== 'POST') throw new Refusal(43002);
  if (endpoint.token !== 'none') world.quota.take(world.appid(account), ctx.path);
  const kind = endpoint.body ?? (endpoint.method === 'GET' ? 'none' : 'json');
  const body = kind === 'json' ? parseBody(raw) : {};
  const parts = kind === 'multipart' ? parseMultipart(ctx.get('content-type'), raw) : [];
  return endpoint.handle({ world, account, query, body, raw, parts, ctx });
}

function injectHttpError(ctx: Context, world: World): boolean {
  const { errcode, errorRate } = world.faults.current;
  if (errcode < 500 || errcode > 599 || !world.faults.happens(errorRate)) return false;
  ctx.status = errcode;
  ctx.type = 'text/html';
  ctx.body = `<html><head><title>${errcode}</title></head><body><center><h1>${errcode} Bad Gateway</h1></center></body></html>`;
  return true;
}

const bodyLimit = 24 * 1024 * 1024;

async function readAll(ctx: Context): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) ctx.throw(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
