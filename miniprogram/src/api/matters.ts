import type {
  Audience,
  BundleList,
  BundleView,
  MatterList,
  MatterView,
  TopicList,
} from '../../../server/areas/matters/contract.ts';
import { get } from './request.ts';

export interface MatterFilter {
  audience?: Audience;
  topic?: string;
  hall?: string;
  q?: string;
  page?: number;
}

export const loadMatters = (filter: MatterFilter = {}): Promise<MatterList> =>
  get('/api/matters', { ...filter });

export const loadMatter = (id: string): Promise<MatterView> => get(`/api/matters/${encodeURIComponent(id)}`);

export const loadTopics = (): Promise<TopicList> => get('/api/topics');

export const loadBundles = (): Promise<BundleList> => get('/api/bundles');
export const loadBundle = (id: string): Promise<BundleView> => get(`/api/bundles/${encodeURIComponent(id)}`);

/** Where a blank form or a sample of a matter can be had. */
export const matterFile = (id: string, file: number): string =>
  `/api/matters/${encodeURIComponent(id)}/files/${file}`;
