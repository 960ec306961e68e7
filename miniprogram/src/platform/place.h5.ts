import type { HallCard } from '../../../server/areas/halls/contract.ts';
import { toGcj02 } from './gcj02.ts';
import type { Position } from './place.weapp.ts';

/** GCJ-02, worked out from what the browser tells. Null when refused or not offered. */
export function whereAmI(): Promise<Position | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(toGcj02(coords)),
      () => resolve(null),
      { timeout: 5_000, maximumAge: 300_000 },
    );
  });
}

/** A web page has no map of WeChat's; the address can be copied instead. */
export const canShowMap = false;

export async function showOnMap(_hall: Pick<HallCard, 'name' | 'address' | 'place'>): Promise<void> {}
