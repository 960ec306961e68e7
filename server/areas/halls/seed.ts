import { demoHalls } from './demo/halls.ts';
import { HallModel } from './model.ts';

/** Loads the demo halls, or refreshes them; anything staff added stays. */
export async function seedHalls(): Promise<void> {
  await HallModel.bulkWrite(
    demoHalls().map(({ id, ...hall }) => ({
      updateOne: { filter: { _id: id }, update: { $set: hall as never }, upsert: true },
    })),
  );
}
