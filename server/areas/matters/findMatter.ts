import { type Matter, MatterModel } from './model.ts';

type Stored = Omit<Matter, 'id'> & { _id: string };

/** A stored matter as the other areas see it. */
export function matterOf({ _id, ...rest }: Stored): Matter {
  return { id: _id, ...rest };
}

/** One matter by its id, or null. */
export async function findMatter(id: string): Promise<Matter | null> {
  const stored = await MatterModel.findById(id).lean<Stored>();
  return stored && matterOf(stored);
}
