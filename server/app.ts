import { randomUUID } from 'node:crypto';
import { bodyParser } from '@koa/bodyparser';
import Koa, { type Context, type Middleware } from 'koa';
import Router from 'koa-router';
import type { ZodError } from 'zod';
import type { Clock } from './kernel/clock.ts';
import { HallError, hallErrors } from './kernel/http/hallError.ts';
import { RateLimiter } from './kernel/http/rateLimit.ts';
import type { Citizen, Route, StaffMember } from './kernel/http/route.ts';
import { badInput, explainFault } from './kernel/http/strangers.ts';
import { log } from './kernel/log.ts';
import { httpSeconds } from './kernel/metrics.ts';

export interface StaffAct {
  readonly staffId: string;
  /** `POST /api/staff/broadcasts/:id/approve` */
  readonly route: string;
  readonly subjectId: string | null;
  /** The error's id when it was refused. */
  readonly refusedBy: string | null;
  readonly requestId: string;
}

export interface AppNeeds {
  readonly clock: Clock;
  readonly routes: readonly Route[];
  /** Who the request's session belongs to; undefined when there is none or it has ended. */
  readonly citizenOf: (ctx: Context) => Promise<Citizen | undefined>;
  readonly staffOf: (ctx: Context) => Promise<StaffMember | undefined>;
  /** Told of every act of a member of staff that changes something, done or refused; its own failure stops nothing. */
  readonly staffActed?: (act: StaffAct) => Promise<void>;
  /** Static files, streams and raw callbacks: run before the routes and the body parser. */
  readonly before?: readonly Middleware[];
  readonly ready: () => Promise<boolean>;
  /** Multiplies every rate limit; tests that race on purpose raise it. */
  readonly rateFactor?: number;
}

/** The Koa app: request id → errors → health → raw rooms → body → each route's own pipeline. */
export function createApp(needs: AppNeeds): Koa {
  const app = new Koa({ proxy: process.env['TRUST_PROXY'] === '1' });
  const limiter = new RateLimiter(needs.clock, needs.rateFactor);
  app.use(measure);
  app.use(requestId);
  app.use(answerErrors);
  app.use(secureHeaders);
  app.use(hallTime(needs.clock));
  app.use(health(needs.ready));
  for (const middleware of needs.before ?? []) app.use(middleware);
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: '256kb', parsedMethods: ['POST', 'PUT', 'PATCH'] }));
  app.use(sayNotFound);
  const router = new Router();
  for (const each of needs.routes) {
    router[each.method.toLowerCase() as 'get'](each.path, pipeline(each, needs, limiter));
  }
  app.use(router.routes());
  app.use(router.allowedMethods({ throw: true, notImplemented: notAllowed, methodNotAllowed: notAllowed }));
  return app;
}

const notAllowed = (): HallError => new HallError(hallErrors.methodNotAllowed);

const sayNotFound: Middleware = async (ctx, next) => {
  await next();
  const unanswered = ctx.status === 404 && ctx.body === undefined;
  if (unanswered && ctx.path.startsWith('/api/')) throw new HallError(hallErrors.notFound);
};

/** By the route as it is declared: an address may hold ids. */
const measure: Middleware = async (ctx, next) => {
  const started = performance.now();
  await next();
  const matched = (ctx as { _matchedRoute?: unknown })._matchedRoute;
  const route = typeof matched === 'string' ? matched : 'none';
  httpSeconds.observe(
    { method: ctx.method, route, status: ctx.status },
    (performance.now() - started) / 1000,
  );
};

const requestId: Middleware = async (ctx, next) => {
  ctx.state['requestId'] = randomUUID();
  ctx.set('X-Request-Id', ctx.state['requestId']);
  await next();
};

const answerErrors: Middleware = async (ctx, next) => {
  const id = ctx.state['requestId'] as string;
  try {
    await next();
  } catch (thrown) {
    const error = thrown instanceof HallError ? thrown : explainFault(thrown);
    if (error.status >= 500)
      log.error({ requestId: id, path: ctx.path, errorId: error.id, cause: thrown }, 'fault');
    ctx.status = error.status;
    const { message, details } = error;
    ctx.body = { error: { id: error.id, message, requestId: id, ...(details && { details }) } };
  }
};

const secureHeaders: Middleware = async (ctx, next) => {
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', 'same-origin');
  if (ctx.path.startsWith('/api/')) ctx.set('Cache-Control', 'no-store');
  await next();
};

/** The hall's clock may run apart from the citizen's phone; countdowns need to know. */
function hallTime(clock: Clock): Middleware {
  return async (ctx, next) => {
    if (ctx.path.startsWith('/api/')) ctx.set('X-Hall-Time', clock.now().toISOString());
    await next();
  };
}

function health(ready: () => Promise<boolean>): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/healthz') return next();
    const ok = await ready().catch(() => false);
    ctx.status = ok ? 200 : 503;
    ctx.body = { ready: ok };
  };
}

function pipeline(each: Route, needs: AppNeeds, limiter: RateLimiter): Middleware {
  const { spec, handler } = each;
  return async (ctx) => {
    const citizen =
      spec.signIn === 'citizen' || spec.signIn === 'optional' ? await needs.citizenOf(ctx) : undefined;
    const staff = spec.signIn === 'staff' ? await needs.staffOf(ctx) : undefined;
    const caller = citizen?.personId ?? staff?.staffId ?? ctx.ip;
    const wait = limiter.take(spec.limit, caller);
    if (wait > 0) {
      ctx.set('Retry-After', String(wait));
      throw new HallError(hallErrors.tooMany, { details: { retryAfterSeconds: wait } });
    }
    if ((spec.signIn === 'citizen' && !citizen) || (spec.signIn === 'staff' && !staff)) {
      throw new HallError(hallErrors.signInNeeded);
    }
    const requestId = ctx.state['requestId'] as string;
    const carryOut = async (): Promise<unknown> => {
      spec.may({ citizen, staff });
      return handler({
        citizen,
        staff,
        params: parse(spec.params, ctx['params'], 'params'),
        query: parse(spec.query, ctx.query, 'query'),
        body: parse(spec.body, ctx.request.body, 'body'),
        requestId,
        ctx,
      });
    };
    const answer =
      staff && needs.staffActed && changesSomething(each)
        ? await told(carryOut, needs.staffActed, {
            staffId: staff.staffId,
            route: `${each.method} ${each.path}`,
            subjectId: (ctx['params'] as { id?: string }).id?.slice(0, 60) ?? null,
            requestId,
          })
        : await carryOut();
    if (spec.answer === 'raw') return;
    if (spec.answer === 'nothing') {
      ctx.status = 204;
      return;
    }
    ctx.body = spec.answer.parse(answer);
  };
}

/** A preview and a trial are look-ups with a long question. */
const changesSomething = ({ method, path }: Route): boolean =>
  method !== 'GET' && !/\/(preview|try)$/.test(path);

async function told(
  carryOut: () => Promise<unknown>,
  tell: NonNullable<AppNeeds['staffActed']>,
  act: Omit<StaffAct, 'refusedBy'>,
): Promise<unknown> {
  const tellOf = (refusedBy: string | null): Promise<void> =>
    tell({ ...act, refusedBy }).catch((cause: unknown) => log.error({ cause }, 'an act was not recorded'));
  try {
    const answer = await carryOut();
    await tellOf(null);
    return answer;
  } catch (thrown) {
    await tellOf(thrown instanceof HallError ? thrown.id : hallErrors.fault.id);
    throw thrown;
  }
}

function parse(schema: Route['spec']['body'], input: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(input ?? {});
  if (!result.success) throw badInput(result.error as ZodError, where);
  return result.data;
}
