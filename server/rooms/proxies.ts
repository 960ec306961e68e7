import { findMatter } from '../areas/matters/findMatter.ts';
import { findByIdNumber, findByPhone } from '../areas/people/findByIdNumber.ts';
import { findPerson } from '../areas/people/findPerson.ts';
import { idNumberIndexOf } from '../areas/people/personalData.ts';
import { requireLevel } from '../areas/people/policy.ts';
import { servedFor } from '../areas/proxies/authorisations.ts';
import type { ProxiesRoom } from '../areas/proxies/room.ts';
import { proxiesRoutes } from '../areas/proxies/routes.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Route } from '../kernel/http/route.ts';

type ServedFor = (personId: string, id: string, matterIds: readonly string[]) => ReturnType<typeof servedFor>;

/** Authorisations to book for others; the booking area asks `servedFor`. */
export function openProxies(
  config: Pick<Config, 'SIGNING_KEY'>,
  clock: Clock,
  rules: ProxiesRoom['rules'],
): { readonly routes: readonly Route[]; readonly servedFor: ServedFor } {
  const room: ProxiesRoom = {
    ...{ clock, rules, findPerson, findByIdNumber, findByPhone, findMatter },
    secret: config.SIGNING_KEY,
    indexOf: idNumberIndexOf,
  };
  return {
    routes: proxiesRoutes(room, requireLevel(1)),
    servedFor: (personId, id, matterIds) => servedFor(room, personId, id, matterIds),
  };
}
