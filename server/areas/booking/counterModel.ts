import mongoose, { type ClientSession, Schema } from 'mongoose';

interface Counter {
  readonly _id: string;
  readonly last: number;
}

const counterSchema = new Schema<Counter>(
  { _id: { type: String, required: true }, last: { type: Number, required: true } } as never,
  { collection: 'bookingCounters', versionKey: false },
);

export const CounterModel = mongoose.model('BookingCounter', counterSchema);

/**
 * The next number of a series, 1, 2, 3 …: dense and unique over all processes, because it is given within the
 * transaction that uses it. A transaction that fails gives its number back.
 */
export async function nextNumber(series: string, session: ClientSession): Promise<number> {
  const counters = CounterModel.collection as unknown as mongoose.mongo.Collection<Counter>;
  const after = await counters.findOneAndUpdate(
    { _id: series },
    { $inc: { last: 1 } },
    { upsert: true, returnDocument: 'after', session },
  );
  return after!.last;
}
