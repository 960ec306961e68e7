import type { HallList, HallView, TownList } from '../../../server/areas/halls/contract.ts';
import { get } from './request.ts';

export interface HallFilter {
  kind?: 'district' | 'town' | 'village';
  town?: string;
  matter?: string;
  q?: string;
  latitude?: number;
  longitude?: number;
  page?: number;
}

export const loadHalls = (filter: HallFilter = {}): Promise<HallList> => get('/api/halls', { ...filter });

export const loadHall = (id: string): Promise<HallView> => get(`/api/halls/${encodeURIComponent(id)}`);

export const loadTowns = (): Promise<TownList> => get('/api/towns');
