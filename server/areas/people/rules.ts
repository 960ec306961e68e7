import type { StoredPerson } from './model.ts';

/**
 * Which of two halves of one person lives on: the one with a real-name identity (the one bound last, when both have one),
 * else the older one.
 */
export function survivorOf(one: StoredPerson, other: StoredPerson): [StoredPerson, StoredPerson] {
  if (one.identity && other.identity)
    return one.identity.boundAt >= other.identity.boundAt ? [one, other] : [other, one];
  if (one.identity || other.identity) return one.identity ? [one, other] : [other, one];
  const oneFirst = one.createdAt.getTime() - other.createdAt.getTime() || (one._id < other._id ? -1 : 1);
  return oneFirst <= 0 ? [one, other] : [other, one];
}

/** Only a page of the hall's own h5, so that a link from outside cannot send anybody away through us. */
export const isHallPage = (to: string): boolean => /^\/h5(\/[^\\\s]*)?$/.test(to) && !to.includes('/../');
