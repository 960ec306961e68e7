import iconv from 'iconv-lite';
import type { Context, Middleware } from 'koa';
import { localClock, localWeekday } from './localTime.ts';
import type { Profile } from './profile.ts';
import type { SystemName, World } from './world.ts';

/** How a system says in its own way that it is closed or broken. */
export interface Voice {
  readonly closed: (profile: Profile) => unknown;
  readonly broken: () => unknown;
  readonly tooMany: () => unknown;
}

export const changes = 'changes';

/** Plays the profile of a system around each of its calls, and notes the exchange. */
export function playFaults(world: World, system: SystemName, voice: Voice): Middleware {
  const recent: number[] = [];
  return async (ctx, next) => {
    const started = performance.now();
    world.count(system);
    const profile = world.profile(system);
    const fault = await play(ctx, next, profile);
    note(world, system, ctx, performance.now() - started, fault);
  };

  async function play(ctx: Context, next: () => Promise<void>, profile: Profile): Promise<string | null> {
    const at = mockNow(ctx, world);
    await delay(profile, world);
    if (isClosed(profile, at)) return answer(ctx, voice.closed(profile), 'closed');
    if (overRate(profile)) return answer(ctx, voice.tooMany(), 'tooMany');
    const { random } = world;
    if (random.chance(profile.timeoutRate)) return silence(ctx);
    if (random.chance(profile.http5xx)) {
      ctx.status = 502;
      ctx.body = '<html><head><title>502 Bad Gateway</title></head></html>';
      return 'http5xx';
    }
    if (random.chance(profile.htmlErrRate)) {
      ctx.type = 'html';
      ctx.status = 200;
      ctx.body =
        '<!DOCTYPE html><html><head><title>系统提示</title></head><body>系统繁忙，请稍后访问</body></html>';
      return 'html';
    }
    if (random.chance(profile.bizErrRate)) return answer(ctx, voice.broken(), 'bizErr');
    await next();
    if (ctx.state[changes] === true && random.chance(profile.lostReplyRate)) return silence(ctx, 'lostReply');
    if (profile.gbk && typeof ctx.body === 'string') {
      ctx.body = iconv.encode(ctx.body, 'gbk');
    } else if (profile.gbk && ctx.body && !Buffer.isBuffer(ctx.body)) {
      ctx.type = 'application/json; charset=GBK';
      ctx.body = iconv.encode(JSON.stringify(ctx.body), 'gbk');
    }
    return null;
  }

  function overRate(profile: Profile): boolean {
    if (profile.rateLimitQps <= 0) return false;
    const now = performance.now();
    while (recent.length > 0 && now - recent[0]! > 1000) recent.shift();
    recent.push(now);
    return recent.length > profile.rateLimitQps;
  }
}

/** Tests move one call's time by a header. */
export function mockNow(ctx: Context, world: World): Date {
  const given = ctx.get('x-mock-now');
  const at = given === '' ? Number.NaN : Date.parse(given);
  return Number.isNaN(at) ? world.now() : new Date(at);
}

function answer(ctx: Context, body: unknown, fault: string): string {
  ctx.status = 200;
  ctx.body = body;
  return fault;
}

/** Nothing comes, until the other side gives up. */
function silence(ctx: Context, fault = 'timeout'): Promise<string> {
  ctx.respond = false;
  return new Promise((resolve) => {
    const gone = (): void => resolve(fault);
    if (ctx.req.socket.destroyed) return gone();
    ctx.res.once('close', gone);
    ctx.req.socket.once('close', gone);
  });
}

export function isClosed(profile: Profile, at: Date): boolean {
  const clock = localClock(at);
  if (profile.nightWindow) {
    const [from, to] = profile.nightWindow;
    const inside = from <= to ? clock >= from && clock < to : clock >= from || clock < to;
    if (inside) return true;
  }
  if (!profile.weekendMaint) return false;
  const weekday = localWeekday(at);
  return (weekday === 6 && clock >= '20:00') || (weekday === 0 && clock < '08:00');
}

/** Log-normal through p50 and p95 (1.645 standard deviations above the middle). */
function delay(profile: Profile, world: World): Promise<void> | undefined {
  if (profile.p50 <= 0) return undefined;
  const spread = Math.log(Math.max(profile.p95, profile.p50) / profile.p50) / 1.645;
  const ms = profile.p50 * Math.exp(spread * world.random.normal());
  return new Promise((resolve) => setTimeout(resolve, Math.min(ms, 60_000)));
}

function note(world: World, system: SystemName, ctx: Context, ms: number, fault: string | null): void {
  const body = Buffer.isBuffer(ctx.body) ? iconv.decode(ctx.body, 'gbk') : ctx.body;
  world.note(system, {
    at: world.now().toISOString(),
    method: ctx.method,
    path: scrubbed(ctx.url),
    status: ctx.respond === false ? 0 : ctx.status,
    ms: Math.round(ms),
    fault,
    request: cut(ctx.state['body']),
    response: cut(body),
  });
}

const scrubbed = (url: string): string => url.replace(/(client_secret|access_token|code)=[^&]+/g, '$1=***');

function cut(value: unknown): string {
  if (value === undefined || value === null) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 2000);
}
