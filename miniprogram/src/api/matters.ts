import type { Audience, MatterList, MatterView, TopicList } from '../../../server/areas/matters/contract.ts';
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
