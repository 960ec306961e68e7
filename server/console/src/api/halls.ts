import type { HallList } from '../../../areas/halls/contract.ts';
import { get, query } from './client.ts';

export interface HallChoice {
  readonly id: string;
  readonly name: string;
}

/** The halls that take bookings: the district's and the towns'. */
export async function bookableHalls(signal: AbortSignal): Promise<HallChoice[]> {
  const lists = await Promise.all(
    ['district', 'town'].map((kind) => get<HallList>(`/api/halls${query({ kind })}`, { signal })),
  );
  return lists.flatMap((list) => list.halls).filter((hall) => hall.bookable);
}
