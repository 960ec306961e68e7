import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import test from 'ava';
import { serversOf, withDatabase } from './servers.ts';

for (const server of serversOf(test)) {
  test.serial(`agenda on ${server.name}: two workers run each job once`, async (t) => {
    await withDatabase(server, async (client, database) => {
      const JOBS = 12;
      const ran: number[] = [];
      let completed = 0;
      let allCompleted = () => {};
      const done = new Promise<void>((resolve) => {
        allCompleted = resolve;
      });
      const workers: Agenda[] = [];
      for (let worker = 0; worker < 2; worker++) {
        const agenda = new Agenda({
          backend: new MongoBackend({ mongo: client.db(database) }),
          processEvery: 100,
          // Agenda holds a timer of half this length after each job, which keeps the process from ending.
          defaultLockLifetime: 2000,
        });
        // One after the other: a MongoDB for Windows under wine ends when two make one collection's indexes at once.
        await agenda.ready;
        workers.push(agenda);
      }
      for (const worker of workers) {
        worker.define<{ no: number }>('send', async (job) => {
          ran.push(job.attrs.data.no);
        });
        // Told after the job's document is settled.
        worker.on('complete', () => {
          completed += 1;
          if (completed === JOBS) allCompleted();
        });
      }
      try {
        for (let no = 0; no < JOBS; no++) await workers[0]?.now('send', { no });
        await Promise.all(workers.map((worker) => worker.start()));
        await done;
        t.deepEqual(
          [...ran].sort((a, b) => a - b),
          Array.from({ length: JOBS }, (_, no) => no),
        );
      } finally {
        for (const worker of workers) await worker.stop(false);
      }
      const left = await client
        .db(database)
        .collection('agendaJobs')
        .countDocuments({ lastFinishedAt: null });
      t.is(left, 0);
    });
  });

  test.serial(
    `agenda on ${server.name}: a repeating job is one document, however often it is asked for`,
    async (t) => {
      await withDatabase(server, async (client, database) => {
        const agenda = new Agenda({ backend: new MongoBackend({ mongo: client.db(database) }) });
        agenda.define('sweep', async () => {});
        await agenda.ready;
        await Promise.all([agenda.every('1 hour', 'sweep'), agenda.every('2 hours', 'sweep')]);
        await agenda.every('3 hours', 'sweep');
        const jobs = await client.db(database).collection('agendaJobs').find({ name: 'sweep' }).toArray();
        t.is(jobs.length, 1);
        t.is(jobs[0]?.['repeatInterval'], '3 hours');
        t.is(await agenda.cancel({ name: 'sweep' }), 1);
        await agenda.stop(false);
      });
    },
  );
}
