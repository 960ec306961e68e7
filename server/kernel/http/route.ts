import type { Context } from 'koa';
import type { ZodType, z } from 'zod';
import type { RateClass } from './rateLimit.ts';

/** The signed-in citizen, as far as every route may know. Personal data stays in the people area. */
export interface Citizen {
  readonly personId: string;
  /** Real-name level: 0 none, 1 = 三级(L1), 2 = 四级(L2), 3 = 五级(L3). */
  readonly level: number;
  readonly channel: 'weapp' | 'h5';
}

/** The signed-in member of staff. */
export interface StaffMember {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly hallIds: readonly string[];
}

type SignIn = 'none' | 'optional' | 'citizen' | 'staff';
type CitizenOf<S extends SignIn> = S extends 'citizen'
  ? Citizen
  : S extends 'optional'
    ? Citizen | undefined
    : undefined;
type StaffOf<S extends SignIn> = S extends 'staff' ? StaffMember : undefined;
type Parsed<T extends ZodType | undefined> = T extends ZodType ? z.output<T> : undefined;

/** A rule of access: throws a HallError when the actor may not. Lives in an area's `policy.ts`. */
export type Policy<S extends SignIn = SignIn> = (actor: { citizen: CitizenOf<S>; staff: StaffOf<S> }) => void;

/** Open to everybody who passed the sign-in step. */
export const anyone: Policy = () => {};

/**
 * A route reads like a sentence: limit → sign-in → may → input → handler → answer.
 * All parts are mandatory (the compiler and a structural test hold it); `'none'`/`'nothing'` are said aloud.
 */
export interface RouteSpec<
  S extends SignIn,
  P extends ZodType | undefined,
  Q extends ZodType | undefined,
  B extends ZodType | undefined,
> {
  readonly limit: RateClass;
  readonly signIn: S;
  readonly may: Policy<NoInfer<S>>;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** What leaves the server: parsed, so that nothing unlisted leaks. `'raw'`: the handler writes ctx itself. */
  readonly answer: ZodType | 'raw' | 'nothing';
}

export interface RouteInput<S extends SignIn, P, Q, B> {
  readonly citizen: CitizenOf<S>;
  readonly staff: StaffOf<S>;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly requestId: string;
  readonly ctx: Context;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A route as the app mounts it; the type parameters are erased, the checks stay. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly spec: RouteSpec<SignIn, ZodType | undefined, ZodType | undefined, ZodType | undefined>;
  readonly handler: (input: RouteInput<SignIn, unknown, unknown, unknown>) => Promise<unknown> | unknown;
}

/** Declares a route. Errors: whatever the handler throws as HallError; each area lists its own in `contract.ts`. */
export function route<
  S extends SignIn,
  P extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
  B extends ZodType | undefined = undefined,
>(
  method: Method,
  path: string,
  spec: RouteSpec<S, P, Q, B>,
  handler: (input: RouteInput<S, Parsed<P>, Parsed<Q>, Parsed<B>>) => Promise<unknown> | unknown,
): Route {
  return { method, path, spec, handler } as unknown as Route;
}
