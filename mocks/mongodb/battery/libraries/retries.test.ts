import { once } from 'node:events';
import { connect, createServer, type Server as TcpServer } from 'node:net';
import test from 'ava';
import { MongoClient } from 'mongodb';
import { serversOf, withDatabase } from './servers.ts';

for (const server of serversOf(test)) {
  test.serial(
    `${server.name}: a write whose reply was lost is sent again by the driver and applied once`,
    async (t) => {
      await withDatabase(server, async (direct, database) => {
        const port = Number(/:(\d+)/.exec(server.uri().replace('mongodb://', ''))?.[1]);
        const proxy = await replyDroppingProxy(port);
        const client = new MongoClient(
          `mongodb://127.0.0.1:${proxy.port}/?directConnection=true&retryWrites=true`,
        );
        try {
          const counters = client.db(database).collection<{ _id: number; n: number }>('counters');
          await counters.insertOne({ _id: 1, n: 0 });
          proxy.dropNextReplyTo('findAndModify');
          const after = await counters.findOneAndUpdate(
            { _id: 1 },
            { $inc: { n: 1 } },
            { returnDocument: 'after' },
          );
          t.deepEqual(after, { _id: 1, n: 1 });
          proxy.dropNextReplyTo('insert');
          await counters.insertOne({ _id: 2, n: 5 });
          proxy.dropNextReplyTo('update');
          t.is((await counters.updateOne({ _id: 2 }, { $inc: { n: 1 } })).modifiedCount, 1);
          t.is(proxy.dropped(), 3);
          const found = await direct.db(database).collection('counters').find({}).sort({ _id: 1 }).toArray();
          t.deepEqual(found, [
            { _id: 1, n: 1 },
            { _id: 2, n: 6 },
          ] as never);
        } finally {
          await client.close();
          proxy.close();
        }
      });
    },
  );
}

/** Passes everything on, but closes the connection instead of passing the reply to the named command, once. */
async function replyDroppingProxy(target: number) {
  let wanted: string | undefined;
  let dropped = 0;
  const proxy: TcpServer = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: target });
    let drop = false;
    near.on('data', (chunk: Buffer) => {
      if (wanted !== undefined && chunk.includes(`${wanted}\0`) && chunk.includes('txnNumber\0')) {
        wanted = undefined;
        drop = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => {
      if (!drop) near.write(chunk);
      else {
        // The reply is here, so the write is done; the client will never know.
        dropped += 1;
        near.destroy();
        far.destroy();
      }
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    dropNextReplyTo: (command: string) => {
      wanted = command;
    },
    dropped: () => dropped,
    close: () => proxy.close(),
  };
}
