import { timingSafeEqual } from 'node:crypto';
import { HallError } from '../../kernel/http/hallError.ts';
import { newSecret } from '../../kernel/ids.ts';
import { log } from '../../kernel/log.ts';
import { peopleErrors } from './contract.ts';
import { recognisePerson } from './recognisePerson.ts';
import type { PeopleRoom } from './room.ts';
import { isHallPage } from './rules.ts';
import { startSession } from './sessions.ts';
import { explainWechat } from './wechatFailure.ts';

/** Where WeChat sends the browser back to. */
export const h5Callback = '/api/sign-in/h5/callback';

/**
 * Begins a sign-in of the page: the address of WeChat's authorisation, and the cookie (10 minutes) that ties the answer to
 * this browser. Throws people.return_refused for a `to` outside the hall's own pages.
 */
export function beginH5(to: string, room: PeopleRoom): { address: string; cookie: string } {
  if (!isHallPage(to)) throw new HallError(peopleErrors.returnRefused);
  const state = newSecret();
  const address = room.webAuthorisation.address(`${room.publicUrl}${h5Callback}`, state);
  return { address, cookie: `${state}.${Buffer.from(to).toString('base64url')}` };
}

/**
 * Ends it: checks the state, exchanges the code, answers the session's secret and where to go.
 * Throws people.state_invalid, people.code_invalid, hall.too_many, people.wechat_down.
 */
export async function finishH5(
  answer: { readonly code: string; readonly state: string },
  cookies: { readonly begun: string | undefined; readonly session: string | undefined },
  room: PeopleRoom,
): Promise<{ secret: string; to: string }> {
  const [state = '', where = ''] = (cookies.begun ?? '').split('.');
  const to = Buffer.from(where, 'base64url').toString('utf8');
  if (!sameText(state, answer.state) || !isHallPage(to)) throw new HallError(peopleErrors.stateInvalid);
  const user = await room.webAuthorisation.exchange(answer.code).catch((error: unknown) => {
    throw explainWechat(error);
  });
  const followed = await asFollower(user.openid, room);
  const person = await recognisePerson(
    {
      kind: 'officialAccount',
      openid: user.openid,
      unionid: user.unionid ?? followed?.unionid ?? null,
      follower: followed?.follows,
    },
    room.clock.now(),
  );
  // A browser carries a fragment over redirects: without one of our own, WeChat's `#wechat_redirect` would stay.
  const page = to.includes('#') ? to : `${to}#/`;
  return { secret: await startSession(person._id, 'h5', room.clock, cookies.session), to: page };
}

/** The account knows followers only, and a sign-in must not fail because it does not answer. */
async function asFollower(
  openid: string,
  room: PeopleRoom,
): Promise<{ follows: boolean; unionid: string | null } | undefined> {
  try {
    return (await room.account.people([openid]))[0];
  } catch (error) {
    log.warn({ cause: error }, 'user/info gave no answer during a sign-in');
    return undefined;
  }
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}
