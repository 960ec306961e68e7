import { addDays, localDayOf } from '../../kernel/localDay.ts';
import type { FollowerPage } from '../../wechat/official-account/port.ts';
import { listApplicants } from '../booking/listApplicants.ts';
import { listVisitors } from '../booking/listVisitors.ts';
import { hallsOfTown } from '../halls/hallsOfTown.ts';
import { reachById } from '../people/findReachable.ts';
import type { Audience } from './contract.ts';

type Booked = Extract<Audience, { kind: 'applicants' | 'town' }>;

/**
 * A page of the people who booked a matter, or at the halls of a town. Nobody has told us where citizens live: "of a
 * town" is by the halls they booked at. Openids of those who follow, and how many of the page do not.
 */
async function pageOfVisitors(
  audience: Booked,
  after: string | null,
  now: Date,
): Promise<{ openids: string[]; notFollowing: number; next: string | null }> {
  const since = addDays(localDayOf(now), -audience.days);
  const { personIds, next } =
    audience.kind === 'town'
      ? await listVisitors(await hallsOfTown(audience.townCode), since, after)
      : await listApplicants(audience.matterId, since, after);
  const people = [...(await reachById(personIds)).values()];
  const openids = people.flatMap(({ openid }) => (openid === null ? [] : [openid]));
  return { openids: [...new Set(openids)], notFollowing: people.length - openids.length, next };
}

export async function townVisitors(
  audience: Extract<Audience, { kind: 'town' }>,
  after: string | null,
  now: Date,
): Promise<FollowerPage> {
  const { openids, next } = await pageOfVisitors(audience, after, now);
  return { total: null, openids, next };
}

/** How many who booked do not follow the account, so that no message of it reaches them. */
export async function countNotFollowing(audience: Booked, now: Date): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const page = await pageOfVisitors(audience, after, now);
    count += page.notFollowing;
    if (page.next === null) return count;
    after = page.next;
  }
}
