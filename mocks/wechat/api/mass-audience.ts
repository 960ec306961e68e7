import { localMonth } from '../core/local-time.ts';
import type { Person } from '../people/directory.ts';
import type { World } from '../world.ts';

const perMonth = 4;

/** Who is meant: demo citizens, and generated followers as a number (all) or one by one. */
export type Audience = { people: Person[]; virtual: number | number[] };
export const sizeOf = (audience: Audience) =>
  audience.people.length +
  (typeof audience.virtual === 'number' ? audience.virtual : audience.virtual.length);

/** Who of the audience gets it: not who refuses messages, is on the black list, or had four this month. */
export function takeReached(world: World, audience: Audience): { people: Person[]; virtual: number } {
  const month = localMonth(world.now());
  const people = audience.people.filter((person) => {
    if (person.mass.month !== month) person.mass = { month, count: 0 };
    return person.receives !== 'refuse' && !person.blacklisted && person.mass.count < perMonth;
  });
  for (const person of people) {
    person.mass.count += 1;
    world.people.save(person);
  }
  const { virtual } = world.people;
  if (typeof audience.virtual === 'number') {
    return { people, virtual: audience.virtual > 0 ? virtual.takeMass(month) : 0 };
  }
  let count = 0;
  for (const index of audience.virtual) count += virtual.takeMass(month, index);
  return { people, virtual: count };
}

/** Openids parted into the two; who does not follow falls out. */
export function split(world: World, openids: string[]): Audience {
  const people: Person[] = [];
  const virtual: number[] = [];
  for (const openid of openids) {
    const person = world.people.byAccountOpenid(openid);
    const index = world.people.virtual.indexOf(openid);
    if (person?.follows) people.push(person);
    else if (index !== undefined) virtual.push(index);
  }
  return { people, virtual };
}
