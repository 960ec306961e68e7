import type { Context } from 'koa';
import type { Clock } from '../../kernel/clock.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { recordAudit } from '../audit/recordAudit.ts';
import { accountRoutes } from './accountRoutes.ts';
import { StaffSignIn, StaffView } from './contract.ts';
import { findStaff } from './findStaff.ts';
import { anyStaff } from './policy.ts';
import { presentStaff } from './present.ts';
import { endSession, staffCookie } from './sessions.ts';
import { signIn } from './signIn.ts';

export interface StaffRoom {
  readonly clock: Clock;
  /** A session without a request ends after this long; 15 minutes in production (GB/T 22239-2019 8.1.4.1). */
  readonly idleMs: number;
  /** True behind https: the cookie is then never sent in the clear. */
  readonly secureCookie: boolean;
}

export const staffRoutes = (room: StaffRoom): readonly Route[] => [
  ...accountRoutes(room),

  route(
    'POST',
    '/api/staff/sign-in',
    { limit: 'guess', signIn: 'none', may: anyone, body: StaffSignIn, answer: StaffView },
    async ({ body, ctx, requestId }) => {
      const { staff, secret } = await signIn(
        { ...body, oldSecret: ctx.cookies.get(staffCookie), requestId },
        room,
      );
      setCookie(ctx, secret, room.secureCookie);
      return presentStaff(staff);
    },
  ),

  route(
    'POST',
    '/api/staff/sign-out',
    { limit: 'write', signIn: 'none', may: anyone, answer: 'nothing' },
    async ({ ctx, requestId }) => {
      const staffId = await endSession(ctx.cookies.get(staffCookie));
      setCookie(ctx, null, room.secureCookie);
      if (!staffId) return;
      const actor = { kind: 'staff', id: staffId } as const;
      await recordAudit({ at: room.clock.now(), actor, act: 'staff.signedOut', result: 'ok', requestId });
    },
  ),

  route(
    'GET',
    '/api/staff/me',
    { limit: 'read', signIn: 'staff', may: anyStaff, answer: StaffView },
    async ({ staff }) => {
      const found = await findStaff(staff.staffId);
      if (!found) throw new HallError(hallErrors.signInNeeded);
      return presentStaff(found);
    },
  ),
];

/** `secure` is set by hand: the proxy in front ends TLS, and the cookie library would refuse on plain sockets. */
function setCookie(ctx: Context, value: string | null, secure: boolean): void {
  const parts = [`${staffCookie}=${value ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  if (value === null) parts.push('Max-Age=0');
  if (secure) parts.push('Secure');
  ctx.append('Set-Cookie', parts.join('; '));
}
