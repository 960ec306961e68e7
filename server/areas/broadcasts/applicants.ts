import type { Clock } from '../../kernel/clock.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { listApplicants } from '../booking/listApplicants.ts';
import { findPeople } from '../people/findPerson.ts';
import type { BroadcastsRoom } from './room.ts';

/** Followers among those who booked a matter, in pages. A page may be smaller than the people on it. */
export const applicantsOf =
  (clock: Pick<Clock, 'now'>): BroadcastsRoom['applicants'] =>
  async ({ matterId, days }, after) => {
    const since = addDays(localDayOf(clock.now()), -days);
    const { personIds, next } = await listApplicants(matterId, since, after);
    const people = await findPeople(personIds);
    const openids = people.flatMap(({ follower, openids: { officialAccount } }) =>
      follower && officialAccount ? [officialAccount] : [],
    );
    return { total: null, openids: [...new Set(openids)], next };
  };
