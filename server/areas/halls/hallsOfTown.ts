import { HallModel } from './model.ts';

/** The ids of a town's halls, its village stations among them. */
export async function hallsOfTown(townCode: string): Promise<string[]> {
  const found = await HallModel.find({ townCode }).select('_id').lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}
