import { demoMatters } from './demo/demoMatters.ts';
import { MatterModel } from './model.ts';

/** Loads the demo matters, or refreshes them. `now` dates the guides. */
export async function seedMatters(now: Date): Promise<void> {
  await MatterModel.bulkWrite(
    demoMatters(now).map(({ id, ...matter }) => ({
      updateOne: { filter: { _id: id }, update: { $set: matter as never }, upsert: true },
    })),
  );
}
