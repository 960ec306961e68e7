import test from 'ava';
import mongoose from 'mongoose';
import type { BookingDays, BookingSlots, BookingView } from '../areas/booking/contract.ts';
import { BookingModel } from '../areas/booking/model.ts';
import { SlotModel } from '../areas/booking/slotModel.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import '../hall.ts';
import { newDatabaseName } from '../testing/database.ts';
import { signInMany } from '../testing/manyPeople.ts';
import { startOutside } from '../testing/outside.ts';
import { realCluster, whyNoRealCluster } from '../testing/realCluster.ts';
import { ServerProcess } from '../testing/serverProcess.ts';

const people = 200;
const atOnce = 16;

/** A request that the hall could not answer is asked again, as a citizen would tap again. */
async function insist(
  url: string,
  token: string,
  body: unknown,
): Promise<{ status: number; body: BookingView }> {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(60_000),
      });
      if (response.status < 500 || attempt > 30)
        return { status: response.status, body: (await response.json()) as BookingView };
    } catch (error) {
      if (attempt > 30) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test('the primary of three nodes dies while 200 people book: none lost, no place sold twice, nobody told twice', async (t) => {
  const cluster = realCluster();
  if (!cluster) {
    t.log(whyNoRealCluster);
    t.pass();
    return;
  }
  t.timeout(600_000);
  await cluster.down(); // a set of one node does not grow
  const uri = await cluster.up(3);
  const outside = await startOutside();
  outside.wechat.setProfile({ followers: people });
  const name = newDatabaseName();
  await connectDatabase(uri, name);
  await prepareDatabase();
  const environment = {
    ...outside.environment,
    MONGODB_URI: uri,
    MONGODB_DATABASE: name,
    RATE_FACTOR: '1000',
  };
  const server = await ServerProcess.start(['web', 'worker', 'clock'], environment);
  t.teardown(async () => {
    await server.stop();
    await mongoose.connection.dropDatabase().catch(() => {});
    await disconnectDatabase();
    await outside.close();
    await cluster.down();
  });
  const crowd = await signInMany(people);
  const ask = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${server.url}${path}`)).json()) as T;
  const { days } = await ask<BookingDays>('/api/booking/days?matter=m14&hall=district');
  const day = days.filter((each) => each.state === 'open').at(-1)!;
  const { slots } = await ask<BookingSlots>(`/api/booking/slots?matter=m14&hall=district&date=${day.date}`);
  const starts = slots.filter((each) => each.state === 'open').map((each) => each.start);

  const acknowledged: BookingView[] = [];
  let refused = 0;
  let next = 0;
  let killed: Promise<number> | undefined;
  const killPrimary = async (): Promise<number> => {
    const primary = (await cluster.primary())!;
    await cluster.kill(primary);
    return primary;
  };
  const bookOne = async (index: number): Promise<void> => {
    const { token } = crowd[index]!;
    const wish = { matter: 'm14', hall: 'district', date: day.date, start: starts[index % starts.length]! };
    const held = await insist(`${server.url}/api/bookings`, token, wish);
    if (held.status !== 200) {
      refused += 1;
      return;
    }
    const booked = await insist(`${server.url}/api/bookings/${held.body.id}/confirm`, token, {});
    if (booked.status === 200) acknowledged.push(booked.body);
    if (acknowledged.length === Math.floor(people / 4)) killed ??= killPrimary();
  };
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < people) await bookOne(next++);
    }),
  );
  const dead = await killed;
  t.not(dead, undefined, 'the primary was killed while people were booking');
  t.log(`${acknowledged.length} booked, ${refused} refused, node ${dead} killed`);
  t.true(acknowledged.length + refused === people);
  t.true(acknowledged.length > people / 4);

  const stored = await BookingModel.find({ state: 'booked' }).lean();
  const numbers = new Set(stored.map((each) => each.number));
  for (const each of acknowledged) t.true(numbers.has(each.number), each.number!);
  t.is(numbers.size, stored.length);
  for (const slot of await SlotModel.find({ day: day.date }).lean()) {
    const taken =
      slot.holders.reduce((sum, each) => sum + each.units, 0) +
      slot.cooling.reduce((sum, each) => sum + each.units, 0);
    t.true(slot.left >= 0, slot._id);
    t.is(taken + slot.left, slot.capacity, slot._id);
  }
  const until = Date.now() + 120_000;
  const told = (): { messages: number; people: number } => {
    const { channels, people: reached } = outside.wechat.ledger();
    return { messages: channels['template']?.messages ?? 0, people: reached };
  };
  while (told().messages < stored.length && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  t.deepEqual(told(), { messages: stored.length, people: stored.length });
});
