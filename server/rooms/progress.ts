import type { ProgressRoom } from '../areas/progress/findProgress.ts';
import { progressRoutes } from '../areas/progress/routes.ts';
import { ratingRules } from '../areas/ratings/settings.ts';
import type { ProgressSystem } from '../government/progress/port.ts';
import type { Clock } from '../kernel/clock.ts';
import type { FieldCipher } from '../kernel/crypto/fieldCipher.ts';
import type { Route } from '../kernel/http/route.ts';

/** Progress of cases of every channel. */
export function openProgress(
  clock: Clock,
  deps: { readonly cipher: FieldCipher; readonly progress: ProgressSystem | null },
): { readonly routes: readonly Route[] } {
  const room: ProgressRoom = { clock, ...deps, misses: ratingRules.misses };
  return { routes: progressRoutes(room) };
}
