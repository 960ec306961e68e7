import test from 'ava';
import { MongoClient } from 'mongodb';
import { realCluster, whyNoRealCluster } from './realCluster.ts';

const cluster = realCluster();

test('without a script there is no real cluster, and a test can say so', (t) => {
  t.is(realCluster(''), undefined);
  t.regex(whyNoRealCluster, /REAL_MONGODB_CLUSTER/);
});

test('a real set of three elects another primary when its primary is killed, and the killed node comes back', async (t) => {
  if (!cluster) {
    t.log(whyNoRealCluster);
    return t.pass();
  }
  t.timeout(400_000, 'starting and electing takes its time');
  t.teardown(() => cluster.down());
  const client = new MongoClient(await cluster.up(3), { writeConcern: { w: 'majority' } });
  t.teardown(() => client.close());
  const notes = client.db('realCluster').collection<{ _id: number }>('notes');
  await notes.insertOne({ _id: 1 });
  const before = await cluster.waitForPrimary();
  await cluster.kill(before);
  // The driver holds this write until there is a primary again.
  await notes.insertOne({ _id: 2 });
  t.not(await cluster.waitForPrimary({ not: before }), before);
  await cluster.start(before);
  t.deepEqual(await notes.find().sort({ _id: 1 }).toArray(), [{ _id: 1 }, { _id: 2 }]);
});
