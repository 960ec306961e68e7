import mongoose from 'mongoose';

/** Empties every collection of the test's database; the indexes stay. */
export async function clearAll(): Promise<void> {
  for (const name of mongoose.modelNames()) await mongoose.model(name).deleteMany({});
}
