import test from 'ava';
import mongoose, { Schema, Types } from 'mongoose';
import { serversOf, withDatabase } from './servers.ts';

const noteSchema = new Schema({ text: String, at: Date }, { _id: false });
const hallSchema = new Schema({ name: { type: String, required: true } });
const bookingSchema = new Schema(
  {
    code: { type: String, required: true, unique: true },
    hall: { type: Schema.Types.ObjectId, ref: 'Hall' },
    day: String,
    fee: { type: Schema.Types.Decimal128 },
    notes: [noteSchema],
    facts: { type: Map, of: String },
    state: { type: String, enum: ['booked', 'done'], default: 'booked' },
    expiresAt: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
);
bookingSchema.index({ hall: 1, day: -1 });
bookingSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 3600 });
bookingSchema.index({ day: 1 }, { partialFilterExpression: { state: 'booked' }, name: 'booked_days' });

for (const server of serversOf(test)) {
  const modelled = (
    work: (models: ReturnType<typeof modelsOf>, connection: mongoose.Connection) => Promise<void>,
  ): Promise<void> =>
    withDatabase(server, async (_client, database) => {
      const connection = await mongoose.createConnection(server.uri(), { dbName: database }).asPromise();
      try {
        const models = modelsOf(connection);
        await models.Booking.init();
        await models.Hall.init();
        await work(models, connection);
      } finally {
        await connection.close();
      }
    });

  test.serial(`mongoose on ${server.name}: documents are saved, changed, populated and leaned`, (t) =>
    modelled(async ({ Booking, Hall }) => {
      const hall = await Hall.create({ name: '增城大厅' });
      const booking = await Booking.create({
        code: 'B1',
        hall: hall._id,
        day: '2025-03-01',
        fee: new Types.Decimal128('12.50'),
        facts: new Map([['seat', '3']]),
      });
      booking.notes.push({ text: 'called', at: new Date('2025-03-01T01:00:00Z') });
      booking.set('facts.seat', '4');
      await booking.save();
      booking.notes.pull({ text: 'called', at: new Date('2025-03-01T01:00:00Z') });
      const found = await Booking.findOne({ code: 'B1' })
        .populate<{ hall: { name: string } }>('hall')
        .orFail();
      t.is(found.hall.name, '增城大厅');
      t.is(found.facts?.get('seat'), '4');
      t.is(found.fee?.toString(), '12.50');
      const lean = await Booking.findOne({ 'notes.text': 'called' }, { notes: 1, __v: 1 }).lean().orFail();
      t.is(lean.__v, 1);
      t.is(lean.notes.length, 1);
    }),
  );

  test.serial(`mongoose on ${server.name}: two who change one document do not overwrite each other`, (t) =>
    modelled(async ({ Booking }) => {
      await Booking.create({ code: 'B1' });
      const [one, other] = [await Booking.findOne().orFail(), await Booking.findOne().orFail()];
      one.state = 'done';
      await one.save();
      other.day = '2025-03-02';
      await t.throwsAsync(other.save(), { name: 'VersionError' });
    }),
  );

  test.serial(`mongoose on ${server.name}: a unique field says which value was taken`, (t) =>
    modelled(async ({ Booking }) => {
      await Booking.create({ code: 'B1' });
      const error = await t.throwsAsync<Error & { code: number; keyValue: object; keyPattern: object }>(
        Booking.create({ code: 'B1' }),
      );
      t.is(error?.code, 11000);
      t.deepEqual(error?.keyValue, { code: 'B1' });
      t.deepEqual(error?.keyPattern, { code: 1 });
      t.regex(
        error?.message ?? '',
        /E11000 duplicate key error collection: \S+\.bookings index: code_1 dup key/,
      );
    }),
  );

  test.serial(`mongoose on ${server.name}: upserts set defaults, and timestamps come with updates`, (t) =>
    modelled(async ({ Booking }) => {
      const made = await Booking.findOneAndUpdate(
        { code: 'B7' },
        { $set: { day: '2025-03-03' } },
        { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true },
      ).orFail();
      t.is(made.state, 'booked');
      t.true(made.createdAt instanceof Date);
      const before = made.updatedAt.getTime();
      await Booking.updateOne({ code: 'B7' }, { state: 'done' });
      const after = await Booking.findOne({ code: 'B7' }).orFail();
      t.true(after.updatedAt.getTime() >= before);
      t.is(after.createdAt.getTime(), made.createdAt.getTime());
      await Booking.bulkSave([after, new Booking({ code: 'B8' })]);
      t.is(await Booking.countDocuments({ code: { $in: ['B7', 'B8'] } }), 2);
    }),
  );

  test.serial(`mongoose on ${server.name}: the schema's indexes are there, and stale ones go`, (t) =>
    modelled(async ({ Booking }) => {
      const names = async () => (await Booking.listIndexes()).map((one) => one.name as string).sort();
      const wanted = ['_id_', 'booked_days', 'code_1', 'expiresAt_1', 'hall_1_day_-1'];
      t.deepEqual(await names(), wanted);
      await Booking.collection.createIndex({ stale: 1 });
      t.deepEqual(await Booking.syncIndexes(), ['stale_1']);
      t.deepEqual(await names(), wanted);
      const { toCreate, toDrop } = await Booking.diffIndexes();
      t.deepEqual([toCreate, toDrop], [[], []]);
    }),
  );

  test.serial(`mongoose on ${server.name}: a transaction keeps all or nothing`, (t) =>
    modelled(async ({ Booking, Hall }, connection) => {
      const hall = await Hall.create({ name: 'A' });
      await connection.transaction(async (session) => {
        await Booking.create([{ code: 'B1', hall: hall._id }], { session });
        await Hall.updateOne({ _id: hall._id }, { name: 'B' }, { session });
      });
      t.is((await Hall.findOne().orFail()).name, 'B');
      await t.throwsAsync(
        connection.transaction(async (session) => {
          await Hall.updateOne({ _id: hall._id }, { name: 'C' }, { session });
          await Booking.create([{ code: 'B1' }], { session });
        }),
        { message: /E11000/ },
      );
      t.is((await Hall.findOne().orFail()).name, 'B');
    }),
  );

  test.serial(`mongoose on ${server.name}: cursors, aggregates, distinct and exists`, (t) =>
    modelled(async ({ Booking }) => {
      await Booking.insertMany(
        Array.from({ length: 25 }, (_, i) => ({
          code: `B${i}`,
          day: `2025-03-0${1 + (i % 3)}`,
          fee: new Types.Decimal128(`${i}.00`),
        })),
      );
      let seen = 0;
      for await (const one of Booking.find({ day: '2025-03-01' }).sort('code').cursor({ batchSize: 3 })) {
        if (one.code) seen += 1;
      }
      t.is(seen, 9);
      t.deepEqual(
        await Booking.aggregate([
          { $group: { _id: '$day', n: { $sum: 1 }, fee: { $sum: { $toDouble: '$fee' } } } },
          { $sort: { _id: 1 } },
        ]),
        [
          { _id: '2025-03-01', n: 9, fee: 108 },
          { _id: '2025-03-02', n: 8, fee: 92 },
          { _id: '2025-03-03', n: 8, fee: 100 },
        ],
      );
      t.is((await Booking.distinct('day')).length, 3);
      t.truthy(await Booking.exists({ code: 'B3' }));
      t.is((await Booking.deleteMany({ day: '2025-03-02' })).deletedCount, 8);
      t.is(await Booking.estimatedDocumentCount(), 17);
    }),
  );
}

function modelsOf(connection: mongoose.Connection) {
  return { Hall: connection.model('Hall', hallSchema), Booking: connection.model('Booking', bookingSchema) };
}
