import { PersonModel } from '../areas/people/model.ts';
import { recognisePerson } from '../areas/people/recognisePerson.ts';
import { startSession } from '../areas/people/sessions.ts';
import { systemClock } from '../kernel/clock.ts';

/** The openid of the stand-in's generated follower number `index` (`setProfile({ followers })`). */
export const followerOpenid = (index: number): string =>
  `oZvirtualfollowerof_${String(index).padStart(8, '0')}`;

/**
 * Real-named people of level 1 who follow the account, each with a session of the mini-program: WeChat's stand-in knows only a
 * few demo citizens by name, and a race needs more. Written straight to the database that is open in this process.
 */
export async function signInMany(count: number): Promise<{ personId: string; token: string }[]> {
  const clock = systemClock();
  const people: { personId: string; token: string }[] = [];
  for (let index = 0; index < count; index++) {
    const openid = followerOpenid(index);
    const person = await recognisePerson(
      { kind: 'officialAccount', openid, unionid: `union-${openid}`, follower: true },
      clock.now(),
    );
    await PersonModel.updateOne({ _id: person._id }, { $set: { level: 1 } });
    people.push({ personId: person._id, token: await startSession(person._id, 'weapp', clock) });
  }
  return people;
}
