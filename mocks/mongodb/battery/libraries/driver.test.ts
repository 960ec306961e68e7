import test from 'ava';
import { GridFSBucket, MongoBulkWriteError, MongoServerError } from 'mongodb';
import { serversOf, withDatabase } from './servers.ts';

interface Place {
  _id: number;
  left?: number;
  hall?: string;
  tags?: string[];
}

for (const server of serversOf(test)) {
  test.serial(
    `driver on ${server.name}: an ordered bulk write counts what it did up to the first error`,
    async (t) => {
      await withDatabase(server, async (client, database) => {
        const places = client.db(database).collection<Place>('places');
        await places.insertOne({ _id: 1, left: 3 });
        const error = await t.throwsAsync(
          places.bulkWrite([
            { insertOne: { document: { _id: 2, left: 1 } } },
            { updateOne: { filter: { _id: 1 }, update: { $inc: { left: -1 } } } },
            { updateOne: { filter: { _id: 9 }, update: { $set: { left: 7 } }, upsert: true } },
            { insertOne: { document: { _id: 1 } } },
            { deleteOne: { filter: { _id: 2 } } },
          ]),
          { instanceOf: MongoBulkWriteError },
        );
        const { insertedCount, modifiedCount, upsertedCount, deletedCount, upsertedIds } = error.result;
        t.deepEqual([insertedCount, modifiedCount, upsertedCount, deletedCount], [1, 1, 1, 0]);
        t.deepEqual(upsertedIds, { 2: 9 } as never);
        t.is(error.code, 11000);
        t.is(await places.countDocuments(), 3);
      });
    },
  );

  test.serial(`driver on ${server.name}: an unordered bulk write goes on after an error`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const places = client.db(database).collection<Place>('places');
      await places.insertOne({ _id: 1, left: 3 });
      const error = await t.throwsAsync(
        places.bulkWrite(
          [
            { insertOne: { document: { _id: 1 } } },
            { insertOne: { document: { _id: 2, left: 1 } } },
            { updateMany: { filter: { left: { $gt: 0 } }, update: { $set: { hall: 'A' } } } },
            { replaceOne: { filter: { _id: 2 }, replacement: { hall: 'B' } } },
            { deleteMany: { filter: { hall: 'A' } } },
          ],
          { ordered: false },
        ),
        { instanceOf: MongoBulkWriteError },
      );
      t.is(error.result.insertedCount, 1);
      t.is(error.result.deletedCount, 1);
      t.deepEqual(await places.find().toArray(), [{ _id: 2, hall: 'B' }]);
    });
  });

  test.serial(`driver on ${server.name}: of fifty who want twenty places, twenty get one`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const places = client.db(database).collection<Place>('places');
      await places.insertOne({ _id: 1, left: 20 });
      const wanted = Array.from({ length: 50 }, () =>
        places.findOneAndUpdate(
          { _id: 1, left: { $gt: 0 } },
          { $inc: { left: -1 } },
          { returnDocument: 'after' },
        ),
      );
      const got = (await Promise.all(wanted)).filter((one) => one !== null);
      t.is(got.length, 20);
      t.is(new Set(got.map((one) => one.left)).size, 20);
      t.deepEqual(await places.findOne({}), { _id: 1, left: 0 });
    });
  });

  test.serial(`driver on ${server.name}: twenty upserts of one unique key make one document`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const days = client.db(database).collection<{ day: string; n: number }>('days');
      await days.createIndex({ day: 1 }, { unique: true });
      const upserts = Array.from({ length: 20 }, () =>
        days.updateOne({ day: '2025-03-01' }, { $inc: { n: 1 } }, { upsert: true }),
      );
      await Promise.all(upserts);
      const found = await days.find().toArray();
      t.deepEqual(
        found.map(({ day, n }) => [day, n]),
        [['2025-03-01', 20]],
      );
    });
  });

  test.serial(`driver on ${server.name}: withTransaction tries again after a conflict`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const places = client.db(database).collection<Place>('places');
      await places.insertMany([
        { _id: 1, left: 100 },
        { _id: 2, left: 0 },
      ]);
      const move = () =>
        client.withSession((session) =>
          session.withTransaction(async () => {
            const first = await places.findOne({ _id: 1 }, { session });
            await places.updateOne({ _id: 1 }, { $set: { left: (first?.left ?? 0) - 1 } }, { session });
            await places.updateOne({ _id: 2 }, { $inc: { left: 1 } }, { session });
          }),
        );
      await Promise.all(Array.from({ length: 12 }, move));
      const lefts = (await places.find().sort({ _id: 1 }).toArray()).map((one) => one.left);
      t.deepEqual(lefts, [88, 12]);
    });
  });

  test.serial(`driver on ${server.name}: a transaction that throws leaves nothing`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const places = client.db(database).collection<Place>('places');
      await places.insertOne({ _id: 1, left: 1 });
      await t.throwsAsync(
        client.withSession((session) =>
          session.withTransaction(async () => {
            await places.insertOne({ _id: 2 }, { session });
            await places.insertOne({ _id: 1 }, { session });
          }),
        ),
        { instanceOf: MongoServerError, code: 11000 },
      );
      t.is(await places.countDocuments(), 1);
    });
  });

  test.serial(
    `driver on ${server.name}: a write waits for the open transaction that holds its document`,
    async (t) => {
      await withDatabase(server, async (client, database) => {
        const places = client.db(database).collection<Place>('places');
        await places.insertOne({ _id: 1, left: 1 });
        await client.withSession(async (session) => {
          session.startTransaction();
          await places.updateOne({ _id: 1 }, { $inc: { left: 10 } }, { session });
          let done = false;
          const outside = places.updateOne({ _id: 1 }, { $inc: { left: 100 } }).then(() => {
            done = true;
          });
          // Two answers later the outside write would have been answered too, were it not waiting.
          await places.findOne({ _id: 1 });
          await places.findOne({ _id: 1 });
          t.false(done);
          await session.commitTransaction();
          await outside;
        });
        t.is((await places.findOne({ _id: 1 }))?.left, 111);
      });
    },
  );

  test.serial(`driver on ${server.name}: cursors in batches, left early and exhausted`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const places = client.db(database).collection<Place>('places');
      await places.insertMany(Array.from({ length: 250 }, (_, _id) => ({ _id, left: _id % 7 })));
      const seen: number[] = [];
      for await (const one of places.find().sort({ _id: -1 }).batchSize(20)) {
        seen.push(one._id);
        if (seen.length === 45) break;
      }
      t.is(seen.at(-1), 205);
      t.is((await places.find({ left: 3 }).batchSize(5).toArray()).length, 36);
      t.is(await places.estimatedDocumentCount(), 250);
      t.is(await places.countDocuments({ left: { $lt: 2 } }), 72);
      t.deepEqual((await places.distinct('left')).sort(), [0, 1, 2, 3, 4, 5, 6]);
      const names = await places
        .aggregate([{ $group: { _id: '$left', n: { $sum: 1 } } }, { $sort: { _id: 1 } }])
        .toArray();
      t.is(names.length, 7);
    });
  });

  test.serial(`driver on ${server.name}: indexes are made, listed, used and dropped`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const places = client.db(database).collection<Place>('places');
      await places.insertMany(
        Array.from({ length: 30 }, (_, _id) => ({ _id, hall: `h${_id % 3}`, tags: [`t${_id % 4}`] })),
      );
      t.deepEqual(await places.createIndexes([{ key: { hall: 1 } }, { key: { tags: 1 }, name: 'by_tag' }]), [
        'hall_1',
        'by_tag',
      ]);
      t.deepEqual((await places.indexes()).map((one) => one.name).sort(), ['_id_', 'by_tag', 'hall_1']);
      t.true(await places.indexExists('by_tag'));
      const explained = await places.find({ tags: 't1' }).explain('queryPlanner');
      t.regex(JSON.stringify(explained), /"by_tag"/);
      await places.dropIndex('by_tag');
      t.false(await places.indexExists('by_tag'));
      await t.throwsAsync(places.dropIndex('by_tag'), { code: 27 });
    });
  });

  test.serial(`driver on ${server.name}: GridFS keeps a file`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const bucket = new GridFSBucket(client.db(database), { chunkSizeBytes: 1024 });
      const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 251));
      const upload = bucket.openUploadStream('form.pdf', { metadata: { kind: 'form' } });
      await new Promise<void>((resolve, reject) => {
        upload.on('finish', () => resolve());
        upload.on('error', reject);
        upload.end(content);
      });
      const chunks: Buffer[] = [];
      for await (const chunk of bucket.openDownloadStreamByName('form.pdf')) chunks.push(chunk as Buffer);
      t.deepEqual(Buffer.concat(chunks), content);
      await bucket.delete(upload.id);
      t.is((await bucket.find().toArray()).length, 0);
    });
  });
}
