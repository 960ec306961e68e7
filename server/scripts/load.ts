/**
 * `npm run load -- booking`: two server processes and many people on a real replica set. Takes MONGODB_URI, or starts the
 * set of the script named by REAL_MONGODB_CLUSTER. LOAD_SECONDS (30) and LOAD_PEOPLE (48) set how long and how many. The
 * servers, and this process, keep to 50 connections each. Afterwards the invariants are counted from the documents; ends
 * with one JSON line, exit code 1 where one is broken.
 */
import mongoose from 'mongoose';
import { bookings } from '../areas/booking/model.ts';
import { bookingRules } from '../areas/booking/settings.ts';
import { sweepHolds } from '../areas/booking/sweepHolds.ts';
import { findHall } from '../areas/halls/findHall.ts';
import { hallQrText } from '../areas/queue/hallQr.ts';
import { tickets } from '../areas/queue/model.ts';
import { demoKioskToken } from '../areas/queue/seed.ts';
import { findProblems } from '../areas/queue/testing/invariants.ts';
import { staffCookie, startSession } from '../areas/staff/sessions.ts';
import { readConfig } from '../config.ts';
import { openHall } from '../hall.ts';
import { systemClock } from '../kernel/clock.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { addDays, instantAt, localDayOf, weekdayOf } from '../kernel/localDay.ts';
import { newDatabaseName } from '../testing/database.ts';
import { freePort } from '../testing/freePort.ts';
import { signInMany } from '../testing/manyPeople.ts';
import { startOutside } from '../testing/outside.ts';
import { realCluster } from '../testing/realCluster.ts';
import { ServerProcess } from '../testing/serverProcess.ts';
import { LoadClient } from './load/client.ts';
import { seedDemo } from './seedDemo.ts';

if (process.argv[2] !== 'booking') {
  console.error('npm run load -- booking');
  process.exit(2);
}
const cluster = realCluster();
const uri = process.env['MONGODB_URI'] ?? (await cluster?.up(3));
if (!uri) {
  console.error('Set MONGODB_URI to a replica set, or REAL_MONGODB_CLUSTER to a script that starts one.');
  process.exit(2);
}
const seconds = Number(process.env['LOAD_SECONDS'] ?? 30);
const peopleCount = Number(process.env['LOAD_PEOPLE'] ?? 48);

// The hall's clock stands on the next Tuesday to Thursday, 09:30: the hall is open whenever this runs.
let day = addDays(localDayOf(new Date()), 1);
while (weekdayOf(day) < 2 || weekdayOf(day) > 4) day = addDays(day, 1);
const offset = instantAt(day, '09:30').getTime() - Date.now();
const clock = systemClock(offset);

const outside = await startOutside();
const shared = {
  ...outside.environment,
  MONGODB_URI: uri,
  MONGODB_DATABASE: newDatabaseName(),
  RATE_FACTOR: '10000',
  HALL_CLOCK_OFFSET_MS: String(offset),
  DEMO: '1',
};
await connectDatabase(uri, shared.MONGODB_DATABASE);
const { SIGNING_KEY } = readConfig(shared);
const hallRoom = openHall(readConfig(shared), clock); // loads every model and opens the ciphers
void hallRoom;
await prepareDatabase();
await seedDemo(clock);
const people = await signInMany(peopleCount);
const clerk = await startSession('staff-huangwei', clock, 3600_000); // a window clerk of the district's hall

const servers = [
  await ServerProcess.start(['web', 'worker', 'clock'], shared),
  await ServerProcess.start(['web'], { ...shared, PORT: String(await freePort()) }),
];
let failed = true;
try {
  const client = new LoadClient(servers.map((each) => each.url));
  const hall = (await findHall('district'))!;
  const group = '户政';
  const desks = hall.zones.flatMap((zone) => zone.windows.filter((each) => each.group === group)).slice(0, 8);
  const matters = (await mongoose.connection
    .collection<{ _id: string }>('matters')
    .find({ halls: { $elemMatch: { hallId: 'district', group } } }, { projection: { _id: 1 } })
    .toArray()) as { _id: string }[];
  const until = Date.now() + seconds * 1000;
  const cookie = { cookie: `${staffCookie}=${clerk}` };
  const poster = hallQrText('district', SIGNING_KEY);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)]!;
  const starts = ['09:30', '10:00', '10:30', '11:00'];
  let presses = 0;

  const citizen = async ({ token }: { token: string }): Promise<void> => {
    const me = { authorization: `Bearer ${token}` };
    while (Date.now() < until) {
      const wish = { matter: pick(matters)._id, hall: 'district', date: day, start: pick(starts) };
      // Two taps at once: one place.
      const [held] = await Promise.all([
        client.ask('POST', '/api/bookings', me, wish),
        Math.random() < 0.3 ? client.ask('POST', '/api/bookings', me, wish) : null,
      ]);
      const id = held.body?.id as string | undefined;
      if (held.status === 200 && id) {
        await Promise.all([
          client.ask('POST', `/api/bookings/${id}/confirm`, me),
          Math.random() < 0.3 ? client.ask('POST', `/api/bookings/${id}/confirm`, me) : null,
        ]);
      }
      const open = await client.ask('GET', '/api/bookings', me);
      for (const each of open.body?.bookings ?? []) {
        const roll = Math.random();
        const path = `/api/bookings/${each.id}`;
        if (each.state === 'held') await client.ask('POST', `${path}/confirm`, me);
        else if (each.state !== 'booked') continue;
        else if (roll < 0.25) await client.ask('POST', `${path}/cancel`, me, { reason: '有事' });
        else if (roll < 0.5) {
          const date = addDays(day, Math.random() < 0.5 ? 0 : 1);
          await client.ask('POST', `${path}/reschedule`, me, { date, start: pick(starts) });
        } else {
          const asked = { booking: each.id, hallQr: poster };
          await Promise.all([
            client.ask('POST', '/api/queue/check-in', me, asked),
            client.ask('POST', '/api/queue/check-in', me, asked),
          ]);
        }
      }
    }
  };

  const kiosk = async (): Promise<void> => {
    while (Date.now() < until) {
      const requestId = `load-${presses++}-press`;
      const press = () =>
        client.ask(
          'POST',
          '/api/kiosk/tickets',
          { 'x-kiosk': demoKioskToken },
          { group, priority: Math.random() < 0.2, requestId },
        );
      await Promise.all([press(), press()]);
    }
  };

  const desk = async ({ number }: { number: string }): Promise<void> => {
    const at = `/api/staff/halls/district/windows/${number}`;
    await client.ask('POST', `${at}/open`, cookie);
    while (Date.now() < until) {
      const called = await client.ask('POST', `${at}/call`, cookie);
      let ticket = called.body?.ticket as { id: string; misses: number } | undefined;
      if (!ticket) {
        const view = await client.ask('GET', at, cookie);
        ticket = view.body?.ticket ?? undefined;
        if (!ticket) continue;
      }
      const act = (action: string) =>
        client.ask('POST', `${at}/tickets/${ticket.id}`, cookie, { do: action });
      if (Math.random() < 0.15) {
        await act('recall');
        await act('miss');
      } else {
        await Promise.all([act('serve'), act('serve')]);
        await act('finish');
      }
    }
  };

  await Promise.all([...people.map(citizen), kiosk(), kiosk(), ...desks.map(desk)]);
  await Promise.all(servers.map((each) => each.stop()));
  const later = new Date(clock.now().getTime() + 20 * 60_000);
  await sweepHolds({ clock: { ...clock, now: () => later }, rules: bookingRules } as never);
  const problems = await findProblems(later, bookingRules);
  for (const each of problems.slice(0, 30)) console.log(each);
  const times = client.times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? 0);
  for (const [id, count] of client.faults) console.log(`answered ${count} times: ${id}`);
  const strange = [...client.faults].reduce((sum, [id, count]) => sum + (id === 'hall.busy' ? 0 : count), 0);
  failed = problems.length > 0 || strange > 0;
  console.log(
    JSON.stringify({
      requests: times.length,
      per_second: Math.round(times.length / seconds),
      median_ms: at(0.5),
      p99_ms: at(0.99),
      bookings: await bookings().countDocuments({ number: { $type: 'string' } }),
      tickets: await tickets().countDocuments({}),
      served: await tickets().countDocuments({ state: 'done' }),
      busy: client.faults.get('hall.busy') ?? 0,
      faults: strange,
      problems: problems.length,
    }),
  );
} finally {
  await Promise.all(servers.map((each) => each.stop().catch(() => {})));
  await mongoose.connection.dropDatabase();
  await disconnectDatabase();
  await outside.close();
}
process.exit(failed ? 1 : 0);
