import { hallOf } from './findHall.ts';
import { type Hall, HallModel } from './model.ts';

/** Every hall and station: the district hall, then towns, then villages. */
export async function listAllHalls(): Promise<Hall[]> {
  const stored = await HallModel.find().sort({ rank: 1, _id: 1 }).lean<never[]>();
  return stored.map(hallOf);
}
