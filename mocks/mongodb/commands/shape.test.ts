import test from 'ava';
import { MongoServerError } from 'mongodb';
import { openStore } from '../testing/openStore.ts';

test('a cursor whose collection is dropped tells so instead of ending early', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number }>('c');
  await c.insertMany(Array.from({ length: 50 }, (_, i) => ({ _id: i })));
  const cursor = c.find({}, { batchSize: 5 });
  await cursor.next();
  await c.drop();
  const error = await t.throwsAsync(cursor.toArray(), { instanceOf: MongoServerError });
  t.is(error?.code, 175);
});

test('an index cannot be made on an existing collection inside a transaction', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; n?: number }>('c');
  await c.insertOne({ _id: 1 });
  const session = client.startSession();
  session.startTransaction();
  await c.insertOne({ _id: 2 }, { session });
  const error = await t.throwsAsync(c.createIndex({ n: 1 }, { session }), { instanceOf: MongoServerError });
  t.is(error?.code, 263);
  await session.endSession();
});

test('an update of one field leaves the keys of other indexes as they are, and verify agrees', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; a: number[]; b: { x: number }; on: boolean }>('c');
  await c.createIndexes([
    { key: { a: 1 } },
    { key: { 'b.x': 1 }, partialFilterExpression: { on: true } },
    { key: { 'b.x': -1, a: 1 } },
  ]);
  await c.insertMany(
    Array.from({ length: 20 }, (_, i) => ({ _id: i, a: [i, i + 1], b: { x: i }, on: i % 2 === 0 })),
  );
  await c.updateMany({ _id: { $lt: 10 } }, { $inc: { 'b.x': 100 } });
  await c.updateMany({}, { $set: { on: true } });
  await c.updateMany({ a: 5 }, { $set: { 'a.$': 500 } });
  t.is(await c.countDocuments({ 'b.x': { $gte: 100 }, on: true }), 10);
  t.is(await c.countDocuments({ a: 500 }, { hint: 'a_1' }), 2);
  t.is(await c.countDocuments({ a: 5 }, { hint: 'a_1' }), 0);
  const byIndex = await c
    .find({ 'b.x': { $gte: 0 }, on: true }, { hint: 'b.x_1' })
    .sort({ _id: 1 })
    .toArray();
  t.deepEqual(
    byIndex,
    await c
      .find({}, { hint: { $natural: 1 } })
      .sort({ _id: 1 })
      .toArray(),
  );
});
