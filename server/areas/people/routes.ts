import type { Context } from 'koa';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { log } from '../../kernel/log.ts';
import { bindAccount } from './bindAccount.ts';
import {
  H5SignIn,
  IdentityCallback,
  IdentityOneOff,
  IdentityStart,
  IdentityStarted,
  MiniProgramSignIn,
  OAuthCallback,
  PersonView,
  PreferencesPatch,
  SignedIn,
} from './contract.ts';
import { findPerson, type Person } from './findPerson.ts';
import { finishIdentity } from './finishIdentity.ts';
import { explainIdentity } from './identityFailure.ts';
import { failurePage } from './pages.ts';
import { signedIn } from './policy.ts';
import { presentPerson } from './present.ts';
import type { PeopleRoom } from './room.ts';
import { citizenCookie, endSession, refuseForeignForm, secretOf } from './sessions.ts';
import { setPreferences } from './setPreferences.ts';
import { beginH5, finishH5 } from './signInH5.ts';
import { signInMiniProgram } from './signInMiniProgram.ts';
import { startIdentity } from './startIdentity.ts';
import { unbindIdentity } from './unbindIdentity.ts';

/** Ties WeChat's answer to the browser that asked. */
const oauthCookie = 'hall_oauth';
const oauthSeconds = 600;

const open = { signIn: 'none', may: anyone } as const;
const mine = { signIn: 'citizen', may: signedIn } as const;

export const peopleRoutes = (room: PeopleRoom): readonly Route[] => {
  const setCookie = (ctx: Context, name: string, value: string, path: string, seconds?: number): void => {
    const parts = [`${name}=${value}`, `Path=${path}`, 'HttpOnly', 'SameSite=Lax'];
    if (seconds !== undefined) parts.push(`Max-Age=${seconds}`);
    if (room.secureCookie) parts.push('Secure');
    ctx.append('Set-Cookie', parts.join('; '));
  };

  return [
    route(
      'POST',
      '/api/sign-in/mini-program',
      { limit: 'signIn', ...open, body: MiniProgramSignIn, answer: SignedIn },
      async ({ body, ctx }) => {
        const { token, person } = await signInMiniProgram(body.code, secretOf(ctx)?.secret, room);
        return { token, person: presentPerson(person) };
      },
    ),

    /** 302 to WeChat; people.return_refused as a page. */
    route(
      'GET',
      '/api/sign-in/h5',
      { limit: 'read', ...open, query: H5SignIn, answer: 'raw' },
      ({ query, ctx, requestId }) =>
        inBrowser(ctx, requestId, '登录没有完成', () => {
          const { address, cookie } = beginH5(query.to, room);
          setCookie(ctx, oauthCookie, cookie, '/api/sign-in', oauthSeconds);
          return address;
        }),
    ),

    /** 302 to where the person wanted to go, with the session's cookie. */
    route(
      'GET',
      '/api/sign-in/h5/callback',
      { limit: 'read', ...open, query: OAuthCallback, answer: 'raw' },
      ({ query, ctx, requestId }) =>
        inBrowser(ctx, requestId, '登录没有完成', async () => {
          const begun = ctx.cookies.get(oauthCookie);
          setCookie(ctx, oauthCookie, '', '/api/sign-in', 0);
          const { secret, to } = await finishH5(
            query,
            { begun, session: ctx.cookies.get(citizenCookie) },
            room,
          );
          setCookie(ctx, citizenCookie, secret, '/');
          return to;
        }),
    ),

    route('POST', '/api/sign-out', { limit: 'write', ...open, answer: 'nothing' }, async ({ ctx }) => {
      const found = secretOf(ctx);
      if (!found) return;
      if (found.channel === 'h5') {
        refuseForeignForm(ctx);
        setCookie(ctx, citizenCookie, '', '/', 0);
      }
      await endSession(found.secret);
    }),

    route('GET', '/api/me', { limit: 'read', ...mine, answer: PersonView }, async ({ citizen }) =>
      presentPerson(await known(citizen.personId)),
    ),

    route(
      'PUT',
      '/api/me/preferences',
      { limit: 'write', ...mine, body: PreferencesPatch, answer: PersonView },
      async ({ citizen, body }) => presentPerson(await setPreferences(citizen.personId, body)),
    ),

    route(
      'POST',
      '/api/identity/start',
      { limit: 'write', ...mine, body: IdentityStart, answer: IdentityStarted },
      async ({ citizen, body }) => ({ url: await startIdentity(citizen, body.returnTo, room) }),
    ),

    /** 302 to the page that began; refusals as a page, since a browser is looking. */
    route(
      'GET',
      '/api/identity/callback',
      { limit: 'read', signIn: 'optional', may: anyone, query: IdentityCallback, answer: 'raw' },
      ({ query, citizen, ctx, requestId }) =>
        inBrowser(ctx, requestId, '实名认证没有完成', () => finishIdentity(query, citizen, room)),
    ),

    route(
      'POST',
      '/api/identity/one-off',
      { limit: 'guess', ...mine, body: IdentityOneOff, answer: PersonView },
      async ({ citizen, body }) => {
        const account = await room.identity
          .exchangeOneOff(body.code, citizen.personId)
          .catch((error: unknown) => {
            throw explainIdentity(error);
          });
        const personId = await bindAccount(citizen.personId, account, room.clock.now());
        return presentPerson(await known(personId));
      },
    ),

    route(
      'POST',
      '/api/identity/unbind',
      { limit: 'write', ...mine, answer: PersonView },
      async ({ citizen }) => presentPerson(await unbindIdentity(citizen.personId, room.clock.now())),
    ),
  ];
};

async function known(personId: string): Promise<Person> {
  const person = await findPerson(personId);
  if (!person) throw new HallError(hallErrors.signInNeeded);
  return person;
}

/** Sends the browser on, or shows it in words why not: nobody wants to see JSON there. */
async function inBrowser(
  ctx: Context,
  requestId: string,
  title: string,
  next: () => Promise<string> | string,
): Promise<void> {
  try {
    ctx.redirect(await next());
  } catch (thrown) {
    const error = thrown instanceof HallError ? thrown : new HallError(hallErrors.fault, { cause: thrown });
    if (error.status >= 500) log.error({ requestId, errorId: error.id, cause: thrown }, 'fault');
    ctx.status = error.status;
    ctx.type = 'html';
    ctx.body = failurePage(title, error, requestId, '/h5/');
  }
}
