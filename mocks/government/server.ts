import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { BookingSystem } from './booking/system.ts';
import { adminRoutes } from './core/admin.ts';
import { readBody } from './core/body.ts';
import type { Profile } from './core/profile.ts';
import { type GovernmentOptions, type SystemName, type Traffic, World } from './core/world.ts';
import { IdentitySystem } from './identity/system.ts';
import { ItemsSystem } from './items/system.ts';

export type { GovernmentOptions } from './core/world.ts';

/** The running stand-in. The controls do in process what `/__mock/*` does over HTTP. */
export interface Government {
  /** Scheme, host and port; the systems are under /identity, /items and /booking. */
  readonly url: string;
  readonly port: number;
  readonly identity: IdentitySystem;
  readonly items: ItemsSystem;
  readonly booking: BookingSystem;
  setProfile(system: SystemName, profile: Partial<Profile>): void;
  traffic(system: SystemName): readonly Traffic[];
  /** Calls since the start, whatever became of them. */
  calls(system: SystemName): number;
  close(): Promise<void>;
}

/** Starts the government's systems on one port of this machine. */
export async function startGovernment(options: GovernmentOptions): Promise<Government> {
  const world = new World(options);
  const identity = new IdentitySystem(world);
  const items = new ItemsSystem(world);
  const booking = new BookingSystem(world);
  const app = new Koa();
  app.silent = true;
  app.use(readBody);
  app.use(adminRoutes(world, identity).routes());
  app.use(identity.router().routes());
  app.use(items.router().routes());
  app.use(booking.router().routes());
  const server = createServer(app.callback());
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  world.baseUrl = `http://${host}:${port}`;
  return {
    url: world.baseUrl,
    port,
    identity,
    items,
    booking,
    setProfile: (system, profile) => world.setProfile(system, profile),
    traffic: (system) => world.traffic(system),
    calls: (system) => world.calls(system),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
