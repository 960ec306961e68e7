import Taro from '@tarojs/taro';
import type { HallCard } from '../../../server/areas/halls/contract.ts';

export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** GCJ-02. Null when the person or the phone says no; the hall works without it. */
export async function whereAmI(): Promise<Position | null> {
  try {
    const { latitude, longitude } = await Taro.getLocation({ type: 'gcj02' });
    return { latitude, longitude };
  } catch {
    return null;
  }
}

export const canShowMap = true;

export async function showOnMap(hall: Pick<HallCard, 'name' | 'address' | 'place'>): Promise<void> {
  if (!hall.place) return;
  await Taro.openLocation({ ...hall.place, name: hall.name, address: hall.address, scale: 16 });
}
