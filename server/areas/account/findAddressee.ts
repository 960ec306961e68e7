import type { Person } from '../people/findPerson.ts';
import { findPerson } from '../people/findPerson.ts';
import { tieFollower } from '../people/tieFollower.ts';
import { findFollowerByUnionid } from './followers.ts';

/**
 * A person to whom a notice goes. One who only ever used the mini-program, and follows the account as well, is found
 * among its followers by unionid, and tied to it from then on.
 */
export async function findAddressee(personId: string): Promise<Person | null> {
  const person = await findPerson(personId);
  if (!person?.unionid || person.openids.officialAccount) return person;
  const openid = await findFollowerByUnionid(person.unionid);
  if (!openid) return person;
  await tieFollower(openid, person.unionid);
  return { ...person, follower: true, openids: { ...person.openids, officialAccount: openid } };
}
