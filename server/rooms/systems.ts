import { waitingSends } from '../areas/applications/waitingSends.ts';
import { staffNames } from '../areas/staff/findStaff.ts';
import { systemsRoutes } from '../areas/systems/routes.ts';
import { waitingOrders } from '../government/booking/waitingOrders.ts';
import type { Gates } from '../government/gates.ts';
import { livingProcesses } from '../government/kit/gatePulse.ts';
import { listUnread, openUnread } from '../government/progress/unreadRows.ts';
import type { Clock } from '../kernel/clock.ts';
import type { FieldCipher } from '../kernel/crypto/fieldCipher.ts';
import type { Route } from '../kernel/http/route.ts';

/** The government's systems as operators see them. */
export const openSystems = (
  clock: Clock,
  gates: Gates,
  cipher: FieldCipher,
): { readonly routes: readonly Route[] } => ({
  routes: systemsRoutes({
    ...{ clock, gates: gates.all, processes: livingProcesses, staffNames },
    outboxes: { booking: waitingOrders, accept: waitingSends },
    raw: { progress: { list: listUnread, open: (id) => openUnread(cipher, id) } },
  }),
});
