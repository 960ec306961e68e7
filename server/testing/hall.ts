import type { TestFn } from 'ava';
import mongoose from 'mongoose';
import { readConfig } from '../config.ts';
import { openHall, type Role, roles } from '../hall.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from '../kernel/database.ts';
import { seedDemo } from '../scripts/seedDemo.ts';
import { newDatabaseName, openTestStore, type TestStore } from './database.ts';
import { type Outside, startOutside } from './outside.ts';

/** A whole hall in this process, with its stand-ins, on a database of its own. Filled once the tests run. */
export interface WholeHall {
  url: string;
  outside: Outside;
  /** The environment a second server process would need to join this hall. */
  environment: Record<string, string>;
}

/**
 * Opens the hall before the tests of a file and closes it after. The demo data is loaded. Rate limits are out of the
 * way unless `rateFactor` says otherwise; `roles: []` opens nothing but the world and the database, for tests that start
 * server processes.
 */
export function useHall(
  test: TestFn,
  options: {
    clock?: Clock;
    roles?: readonly Role[];
    rateFactor?: number;
    environment?: Record<string, string>;
    /** With WeChat Pay. */
    pay?: boolean;
  } = {},
): WholeHall {
  const hall = {} as WholeHall;
  let store: TestStore | undefined;
  let stop: (() => Promise<void>) | undefined;
  test.before('the hall opens', async () => {
    store = await openTestStore();
    hall.outside = await startOutside({ pay: options.pay ?? false });
    hall.url = hall.outside.hallUrl;
    const name = newDatabaseName();
    hall.environment = {
      ...hall.outside.environment,
      MONGODB_URI: store.uri,
      MONGODB_DATABASE: name,
      RATE_FACTOR: String(options.rateFactor ?? 1000),
      ...options.environment,
    };
    await connectDatabase(store.uri, name);
    const config = readConfig(hall.environment);
    const clock = options.clock ?? systemClock();
    const opened = openHall(config, clock);
    await prepareDatabase();
    await seedDemo(clock);
    stop = (await opened.start(options.roles ?? roles)).stop;
  });
  test.after.always('the hall closes', async () => {
    await stop?.();
    if (mongoose.connection.readyState === 1) await mongoose.connection.dropDatabase();
    await disconnectDatabase();
    await hall.outside?.close();
    await store?.close();
  });
  return hall;
}
