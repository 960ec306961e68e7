import type { Collection, Document, Filter, Sort, UpdateFilter } from 'mongodb';
import { newId } from '../ids.ts';

export interface ClaimOptions<T extends Document> {
  /** Which rows may be claimed; must include the lease's end, so that a row whose holder died is found again. */
  readonly due: Filter<T>;
  readonly sort: Sort;
  readonly limit: number;
  /** What a claim writes besides `claim`: the new state and lease. After it the row must not match `due`. */
  readonly mark: UpdateFilter<T>;
  /** The same on a row in memory: saves reading the rows again when nobody else claimed any of them. */
  readonly marked: (row: T) => T;
}

/**
 * Claims rows of an outbox for this caller: each row goes to exactly one claimer, over all processes. The returned rows
 * carry `claim`; settle them with that claim in the filter, so that a holder whose lease ran out changes nothing.
 */
export async function claimRows<T extends Document & { _id: string }>(
  collection: Collection<T>,
  { due, sort, limit, mark, marked }: ClaimOptions<T>,
): Promise<T[]> {
  const claim = newId();
  const found = (await collection.find(due).sort(sort).limit(limit).toArray()) as unknown as T[];
  if (found.length === 0) return [];
  const inIds = { _id: { $in: found.map(({ _id }) => _id) } } as Filter<T>;
  const { modifiedCount } = await collection.updateMany(
    { $and: [inIds, due] } as Filter<T>,
    { ...mark, $set: { ...(mark.$set as object), claim } } as unknown as UpdateFilter<T>,
  );
  if (modifiedCount === found.length) return found.map((row) => ({ ...marked(row), claim }));
  const mine = await collection
    .find({ ...inIds, claim } as Filter<T>)
    .sort(sort)
    .toArray();
  return mine as unknown as T[];
}
