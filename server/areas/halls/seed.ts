import { demoHalls } from './demo/halls.ts';
import { HallModel } from './model.ts';

/** Loads the demo halls, or refreshes them; what staff changed (windows, hours, exceptions) stays. */
export async function seedHalls(): Promise<void> {
  await HallModel.bulkWrite(
    demoHalls().map(({ id, zones, hours, exceptions, ...hall }) => ({
      updateOne: {
        filter: { _id: id },
        update: { $set: hall as never, $setOnInsert: { zones, hours, exceptions } as never },
        upsert: true,
      },
    })),
  );
}
