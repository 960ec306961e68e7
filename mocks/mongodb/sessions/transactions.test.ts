import test from 'ava';
import { UUID } from 'bson';
import { MongoServerError } from 'mongodb';
import { startStore } from '../server.ts';
import { folder, openStore } from '../testing/openStore.ts';
import { runRaw } from '../testing/runRaw.ts';

test('the second of two transactions that write one document is told of the conflict at once', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; n: number }>('c');
  await c.insertOne({ _id: 1, n: 0 });
  const [first, second] = [client.startSession(), client.startSession()];
  first.startTransaction();
  second.startTransaction();
  await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: first });
  const error = await t.throwsAsync(c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: second }), {
    instanceOf: MongoServerError,
  });
  t.is(error?.code, 112);
  t.true(error?.hasErrorLabel('TransientTransactionError'));
  await first.commitTransaction();
  t.is((await c.findOne({ _id: 1 }))?.n, 1);
  await Promise.all([first.endSession(), second.endSession()]);
});

test('a transaction that reads an old state may not write over a newer one', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; n: number }>('c');
  await c.insertOne({ _id: 1, n: 0 });
  const session = client.startSession();
  session.startTransaction();
  await c.findOne({ _id: 1 }, { session });
  await c.updateOne({ _id: 1 }, { $set: { n: 5 } });
  t.is((await c.findOne({ _id: 1 }, { session }))?.n, 0);
  const error = await t.throwsAsync(c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session }), {
    instanceOf: MongoServerError,
  });
  t.is(error?.code, 112);
  await session.endSession();
});

test('a write outside waits until the transaction that holds its document has ended', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; n: number }>('c');
  await c.insertMany([
    { _id: 1, n: 0 },
    { _id: 2, n: 0 },
  ]);
  const session = client.startSession();
  session.startTransaction();
  await c.updateOne({ _id: 2 }, { $inc: { n: 10 } }, { session });
  const waiting = c.updateMany({}, { $inc: { n: 1 } });
  // The first document's change is done while the second is waited for; a read shows both as they are committed.
  while ((await c.findOne({ _id: 1 }))?.n !== 1) t.pass();
  t.is((await c.findOne({ _id: 2 }))?.n, 0);
  await session.commitTransaction();
  t.is((await waiting).modifiedCount, 2);
  t.deepEqual(await c.find().sort({ _id: 1 }).toArray(), [
    { _id: 1, n: 1 },
    { _id: 2, n: 11 },
  ]);
  await session.endSession();
});

test('a unique key taken inside an open transaction is a conflict for another, and waited for outside', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; key: string }>('c');
  await c.createIndex({ key: 1 }, { unique: true });
  const [first, second] = [client.startSession(), client.startSession()];
  first.startTransaction();
  second.startTransaction();
  await c.findOne({}, { session: second });
  await c.insertOne({ _id: 1, key: 'k' }, { session: first });
  const error = await t.throwsAsync(c.insertOne({ _id: 2, key: 'k' }, { session: second }), {
    instanceOf: MongoServerError,
  });
  t.is(error?.code, 112);
  const outside = c.insertOne({ _id: 3, key: 'k' });
  await first.abortTransaction();
  await outside;
  t.is(await c.countDocuments({ key: 'k' }), 1);
  await Promise.all([first.endSession(), second.endSession()]);
});

for (const change of ['insert, then update', 'insert, then delete', 'insert, then replace'] as const)
  test(`a transaction changes what it inserted itself: ${change}`, async (t) => {
    const { client } = await openStore(t);
    const c = client.db('t').collection<{ _id: number; key: string }>('c');
    await c.createIndex({ key: 1 }, { unique: true });
    await c.insertOne({ _id: 1, key: 'a' });
    const session = client.startSession();
    session.startTransaction();
    await c.updateOne({ _id: 1 }, { $set: { key: 'b' } }, { session });
    await c.insertOne({ _id: 2, key: 'a' }, { session });
    if (change.endsWith('update')) await c.updateOne({ _id: 2 }, { $set: { key: 'c' } }, { session });
    if (change.endsWith('delete')) await c.deleteOne({ _id: 2 }, { session });
    if (change.endsWith('replace')) await c.replaceOne({ _id: 2 }, { key: 'd' }, { session });
    await c.insertOne({ _id: 3, key: 'a' }, { session });
    await session.commitTransaction();
    const left = change.endsWith('delete') ? [1, 3] : [1, 2, 3];
    t.deepEqual(
      (await c.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id),
      left,
    );
    t.is((await c.findOne({ key: 'a' }))?._id, 3);
    await session.endSession();
  });

test('two documents may swap a unique key in one transaction', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; key: string }>('c');
  await c.createIndex({ key: 1 }, { unique: true });
  await c.insertMany([
    { _id: 1, key: 'a' },
    { _id: 2, key: 'b' },
  ]);
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await c.updateOne({ _id: 1 }, { $set: { key: 'c' } }, { session });
      await c.updateOne({ _id: 2 }, { $set: { key: 'a' } }, { session });
      await c.updateOne({ _id: 1 }, { $set: { key: 'b' } }, { session });
    }),
  );
  t.is((await c.findOne({ key: 'a' }))?._id, 2);
  t.is((await c.findOne({ key: 'b' }))?._id, 1);
});

test('reads in a transaction see its own writes in their place, by index, order and count', async (t) => {
  const { client } = await openStore(t);
  const c = client.db('t').collection<{ _id: number; n: number }>('c');
  await c.createIndex({ n: 1 });
  await c.insertMany([
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
    { _id: 3, n: 3 },
  ]);
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await c.updateOne({ _id: 1 }, { $set: { n: 9 } }, { session });
      await c.deleteOne({ _id: 2 }, { session });
      await c.insertOne({ _id: 4, n: 5 }, { session });
      const found = await c
        .find({ n: { $gt: 2 } }, { session })
        .sort({ n: -1 })
        .toArray();
      t.deepEqual(
        found.map(({ _id }) => _id),
        [1, 4, 3],
      );
      t.is(await c.countDocuments({}, { session }), 3);
      t.is(await c.countDocuments({}), 3);
      t.is(await c.countDocuments({ n: 9 }), 0);
    }),
  );
  t.deepEqual(
    (await c.find().sort({ _id: 1 }).toArray()).map(({ n }) => n),
    [9, 3, 5],
  );
});

test('a commit asked for again after a restart is told it is done', async (t) => {
  const dir = await folder(t);
  const first = await startStore({ dir });
  const lsid = { id: new UUID() };
  const statement = { lsid, txnNumber: 1n, autocommit: false };
  // The driver adds a session of its own to commands, so these go over the wire with ours spelled out.
  t.is(
    (
      await runRaw(first.port, {
        insert: 'c',
        documents: [{ _id: 1 }],
        $db: 't',
        ...statement,
        startTransaction: true,
      })
    )['ok'],
    1,
  );
  t.is((await runRaw(first.port, { commitTransaction: 1, $db: 'admin', ...statement }))['ok'], 1);
  await first.close();
  const second = await startStore({ dir });
  t.teardown(() => second.close());
  t.is((await runRaw(second.port, { commitTransaction: 1, $db: 'admin', ...statement }))['ok'], 1);
  const other = await runRaw(second.port, {
    commitTransaction: 1,
    $db: 'admin',
    ...statement,
    txnNumber: 2n,
  });
  t.is(other['code'], 251);
});
