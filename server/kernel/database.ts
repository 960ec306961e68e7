import mongoose, { type ClientSession } from 'mongoose';

/** Connects this process to the hall's one store. Writes are acknowledged by a majority, and journaled. */
export async function connectDatabase(uri: string, dbName: string): Promise<void> {
  mongoose.set('strictQuery', true);
  mongoose.set('autoIndex', false); // indexes are built by `prepareDatabase`, once, not by each process that starts
  await mongoose.connect(uri, {
    dbName,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    retryWrites: true,
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 50,
  });
}

export const disconnectDatabase = (): Promise<void> => mongoose.disconnect();

/** Creates every collection and index that the loaded models declare. Safe to run again. */
export async function prepareDatabase(): Promise<void> {
  for (const name of mongoose.modelNames()) {
    await mongoose.model(name).createCollection();
    await mongoose.model(name).createIndexes();
  }
}

/**
 * Runs `work` in one transaction; the driver repeats it on transient errors, so `work` must have no effect outside
 * the database. Use only where two documents must change together.
 */
export async function inTransaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = await mongoose.startSession();
  try {
    return await session.withTransaction(() => work(session), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', journal: true },
    });
  } finally {
    await session.endSession();
  }
}

/** True for MongoDB's "duplicate key" (E11000): how a unique index says that somebody was first. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}
