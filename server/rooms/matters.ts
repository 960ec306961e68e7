import { tellDraftsWithdrawn } from '../areas/applications/tellDraftsWithdrawn.ts';
import { countBookedAhead } from '../areas/booking/countBookedAhead.ts';
import { tellMatterWithdrawn } from '../areas/booking/tellMatterWithdrawn.ts';
import { DocumentShelf } from '../areas/matters/documentShelf.ts';
import { mattersJobs, mattersWorkers } from '../areas/matters/jobs.ts';
import { GuideRefresher } from '../areas/matters/refreshMatter.ts';
import { mattersRoutes } from '../areas/matters/routes.ts';
import { syncRoutes } from '../areas/matters/syncRoutes.ts';
import type { Config } from '../config.ts';
import type { Gates } from '../government/gates.ts';
import { createItemsSystem } from '../government/items/client.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Route } from '../kernel/http/route.ts';
import type { Job, Worker } from '../kernel/jobs.ts';

interface MattersRooms {
  readonly routes: readonly Route[];
  readonly jobs: readonly Job[];
  readonly workers: readonly Worker[];
  /** Lets what is on its way settle, then lets go of the connections. */
  close(): Promise<void>;
}

/** The catalogue; kept in step with the province where its system is configured. */
export function openMatters(config: Config, clock: Clock, gates: Gates): MattersRooms {
  if (!config.ITEMS_BASE) {
    return {
      routes: [...mattersRoutes(), ...syncRoutes({ clock, items: null, bookedAhead: countBookedAhead })],
      jobs: [],
      workers: [],
      close: async () => {},
    };
  }
  const items = createItemsSystem({
    base: config.ITEMS_BASE,
    gateway: { paasId: config.GATEWAY_PAAS_ID, token: config.GATEWAY_TOKEN },
    gate: gates.of('items'),
    clock,
  });
  const guides = new GuideRefresher({ clock, items });
  const papers = new DocumentShelf(items, () => clock.monotonic());
  const sync = {
    clock,
    items,
    onWithdrawn: async (matter: { id: string; name: string }) => {
      await tellMatterWithdrawn(matter, clock.now());
      await tellDraftsWithdrawn(matter, clock.now());
    },
  };
  return {
    routes: [
      ...mattersRoutes({ guides, items: papers }),
      ...syncRoutes({ clock, items, bookedAhead: countBookedAhead }),
    ],
    jobs: mattersJobs(sync),
    workers: mattersWorkers(sync),
    close: async () => {
      await guides.settled();
      await items.close();
    },
  };
}
