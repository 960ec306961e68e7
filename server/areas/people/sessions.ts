import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import type { ClientSession } from 'mongoose';
import type { Clock } from '../../kernel/clock.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import type { Citizen } from '../../kernel/http/route.ts';
import { newSecret } from '../../kernel/ids.ts';
import { findStored } from './findPerson.ts';
import { CitizenSessionModel, type StoredSession } from './model.ts';

export const citizenCookie = 'hall_session';
/** Proof that a script of our own page asks: a foreign form cannot set it. */
export const clientHeader = 'x-hall-client';

export type Channel = Citizen['channel'];

const minute = 60_000;
const hour = 60 * minute;
/**
 * How long a session lives without a request, and at all. 30 minutes for the browser (GB/T 22239-2019 8.1.4.1); the
 * mini-program's token is in WeChat's own storage and signs in anew without asking, so a short life would protect nothing.
 */
export const sessionLife: Readonly<Record<Channel, { readonly idleMs: number; readonly longestMs: number }>> =
  {
    h5: { idleMs: 30 * minute, longestMs: 12 * hour },
    weapp: { idleMs: 24 * hour, longestMs: 7 * 24 * hour },
  };

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Starts a session, ends the one it replaces, and answers the secret. Sessions live by the wall clock. */
export async function startSession(
  personId: string,
  channel: Channel,
  clock: Clock,
  replaced?: string,
): Promise<string> {
  if (replaced) await endSession(replaced);
  const secret = newSecret();
  const now = clock.wall();
  const endsAt = new Date(now.getTime() + sessionLife[channel].idleMs);
  await CitizenSessionModel.create([
    { _id: hashOf(secret), personId, channel, startedAt: now, seenAt: now, endsAt },
  ]);
  return secret;
}

export async function endSession(secret: string): Promise<void> {
  await CitizenSessionModel.deleteOne({ _id: hashOf(secret) });
}

/** After a merge or a split the person's sessions follow. */
export async function moveSessions(from: string, to: string, session: ClientSession): Promise<void> {
  await CitizenSessionModel.updateMany({ personId: from }, { $set: { personId: to } }, { session });
}

/** The secret of this request: the mini-program's bearer token, else the page's cookie. */
export function secretOf(ctx: Context): { secret: string; channel: Channel } | undefined {
  const [, token] = /^Bearer ([\w-]{20,200})$/.exec(ctx.get('authorization')) ?? [];
  if (token) return { secret: token, channel: 'weapp' };
  const cookie = ctx.cookies.get(citizenCookie);
  return cookie ? { secret: cookie, channel: 'h5' } : undefined;
}

/**
 * A cookie goes along with requests that other sites cause; so whatever changes something must come from our script.
 * Throws `hall.forbidden` (403).
 */
export function refuseForeignForm(ctx: Context): void {
  const reads = ctx.method === 'GET' || ctx.method === 'HEAD' || ctx.method === 'OPTIONS';
  if (!reads && ctx.get(clientHeader) !== 'h5') throw new HallError(hallErrors.forbidden);
}

/** The resolver that the app asks: whose session is this? Undefined for none, a forged or an ended one. */
export function citizenResolver(clock: Clock): (ctx: Context) => Promise<Citizen | undefined> {
  return async (ctx) => {
    const found = secretOf(ctx);
    if (!found) return undefined;
    if (found.channel === 'h5') refuseForeignForm(ctx);
    const session = await CitizenSessionModel.findById(hashOf(found.secret)).lean<StoredSession>();
    const now = clock.wall();
    if (!session || session.endsAt <= now || session.channel !== found.channel) return undefined;
    const person = await findStored(session.personId);
    if (!person) return undefined;
    await keepAwake(session, now);
    return { personId: person._id, level: person.level, channel: session.channel };
  };
}

/** Moves the end of an idle session, at most once in a tenth of the idle time, never past the longest life. */
async function keepAwake(session: StoredSession, now: Date): Promise<void> {
  const { idleMs, longestMs } = sessionLife[session.channel];
  if (now.getTime() - session.seenAt.getTime() < idleMs / 10) return;
  const endsAt = new Date(Math.min(now.getTime() + idleMs, session.startedAt.getTime() + longestMs));
  await CitizenSessionModel.updateOne({ _id: session._id }, { $set: { seenAt: now, endsAt } });
}
