import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { AcceptSystem } from './accept/system.ts';
import { BookingSystem } from './booking/system.ts';
import { adminRoutes } from './core/admin.ts';
import { readBody } from './core/body.ts';
import type { Profile } from './core/profile.ts';
import { type GovernmentOptions, type SystemName, type Traffic, World } from './core/world.ts';
import { FinesSystem } from './fines/system.ts';
import { hotlineAdmin } from './hotline/admin.ts';
import { HotlineSystem } from './hotline/system.ts';
import { IdentitySystem } from './identity/system.ts';
import { ItemsSystem } from './items/system.ts';
import { joinSystems } from './join.ts';
import { LicencesSystem } from './licences/system.ts';
import { NonTaxSystem } from './nontax/system.ts';
import { ProgressSystem } from './progress/system.ts';

import { UtilitiesSystem } from './utilities/system.ts';

export type { GovernmentOptions } from './core/world.ts';

/** The running stand-in. The controls do in process what `/__mock/*` does over HTTP. */
export interface Government {
  /** Scheme, host and port; each system is under its name: /identity, /items … */
  readonly url: string;
  readonly port: number;
  readonly identity: IdentitySystem;
  readonly items: ItemsSystem;
  readonly booking: BookingSystem;
  readonly fines: FinesSystem;
  readonly utilities: UtilitiesSystem;
  readonly nontax: NonTaxSystem;
  readonly accept: AcceptSystem;
  readonly progress: ProgressSystem;
  readonly licences: LicencesSystem;
  readonly hotline: HotlineSystem;
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
  const fines = new FinesSystem(world);
  const utilities = new UtilitiesSystem(world);
  const nontax = new NonTaxSystem(world);
  const accept = new AcceptSystem(world);
  const progress = new ProgressSystem(world);
  const licences = new LicencesSystem(world);
  const hotline = new HotlineSystem(world);
  joinSystems({ accept, progress, licences });
  const app = new Koa();
  app.silent = true;
  app.use(readBody);
  app.use(hotlineAdmin(world, hotline).routes());
  app.use(adminRoutes(world, { identity, accept, progress, licences }).routes());
  app.use(identity.router().routes());
  app.use(items.router().routes());
  app.use(booking.router().routes());
  app.use(fines.router().routes());
  app.use(utilities.router().routes());
  app.use(nontax.router().routes());
  app.use(accept.router().routes());
  app.use(progress.router().routes());
  app.use(licences.router().routes());
  app.use(hotline.router().routes());
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
    fines,
    utilities,
    nontax,
    accept,
    progress,
    licences,
    hotline,
    setProfile: (system, profile) => world.setProfile(system, profile),
    traffic: (system) => world.traffic(system),
    calls: (system) => world.calls(system),
    close: () =>
      new Promise((resolve) => {
        accept.close();
        hotline.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
