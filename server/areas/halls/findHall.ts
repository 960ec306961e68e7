import { type Hall, HallModel } from './model.ts';

type Stored = Omit<Hall, 'id'> & { _id: string };

/** A stored hall as the other areas see it. */
export function hallOf({ _id, ...rest }: Stored): Hall {
  return { id: _id, ...rest };
}

/** One hall by its id, or null. */
export async function findHall(id: string): Promise<Hall | null> {
  const stored = await HallModel.findById(id).lean<Stored>();
  return stored && hallOf(stored);
}

/** Halls by their ids, in no promised order. */
export async function findHalls(ids: readonly string[]): Promise<Hall[]> {
  const stored = await HallModel.find({ _id: { $in: ids } }).lean<Stored[]>();
  return stored.map(hallOf);
}
