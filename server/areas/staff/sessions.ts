import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import type { Clock } from '../../kernel/clock.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { newSecret } from '../../kernel/ids.ts';
import { StaffModel, StaffSessionModel, type StoredSession, type StoredStaff } from './model.ts';
import { signInRules } from './rules.ts';

export const staffCookie = 'hall_staff';
/** A page that asks again by itself sends this header; it keeps nobody signed in. */
export const backgroundHeader = 'x-hall-background';

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Starts a session and answers the secret for the cookie. Sessions live by the wall clock, as browsers do. */
export async function startSession(staffId: string, clock: Clock, idleMs: number): Promise<string> {
  const secret = newSecret();
  const now = clock.wall();
  const endsAt = new Date(now.getTime() + Math.min(idleMs, signInRules.longestMs));
  await StaffSessionModel.create({ _id: hashOf(secret), staffId, startedAt: now, seenAt: now, endsAt });
  return secret;
}

export async function endSession(secret: string | undefined): Promise<string | null> {
  if (!secret) return null;
  const ended = await StaffSessionModel.findOneAndDelete({ _id: hashOf(secret) }).lean<StoredSession>();
  return ended?.staffId ?? null;
}

/** The resolver that the app asks: who does this request's cookie belong to? */
export function staffResolver(
  clock: Clock,
  idleMs: number,
): (ctx: Context) => Promise<StaffMember | undefined> {
  return async (ctx) => {
    const secret = ctx.cookies.get(staffCookie);
    if (!secret) return undefined;
    const session = await StaffSessionModel.findById(hashOf(secret)).lean<StoredSession>();
    const now = clock.wall();
    if (!session || session.endsAt <= now) return undefined;
    const staff = await StaffModel.findById(session.staffId).lean<StoredStaff>();
    if (!staff || staff.disabled) return undefined;
    if (ctx.get(backgroundHeader) === '') await keepAwake(session, now, idleMs);
    return { staffId: staff._id, name: staff.name, roles: staff.roles, hallIds: staff.hallIds };
  };
}

/** Moves the end of an idle session, at most once in a tenth of the idle time, never past the longest session. */
async function keepAwake(session: StoredSession, now: Date, idleMs: number): Promise<void> {
  if (now.getTime() - session.seenAt.getTime() < Math.min(60_000, idleMs / 10)) return;
  const last = session.startedAt.getTime() + signInRules.longestMs;
  const endsAt = new Date(Math.min(now.getTime() + idleMs, last));
  await StaffSessionModel.updateOne({ _id: session._id }, { $set: { seenAt: now, endsAt } });
}
