import type {
  ArrangementChoices,
  MatterArrangement,
  SourceMatter,
  SourceMatterDetail,
  SourceMatterList,
  SyncRunView,
  SyncView,
} from '../../../areas/matters/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type {
  ArrangementChoices,
  MatterArrangement,
  SourceMatter,
  SourceMatterDetail,
  SourceMatterList,
  SyncRunView,
  SyncView,
};

const base = '/api/staff/matter-sync';
export const readSync = (options?: CallOptions): Promise<SyncView> => get(base, options);
export const runSync = (force: boolean): Promise<SyncRunView> => call('POST', `${base}/runs`, { force });

export type Show = 'all' | 'doubtful' | 'withdrawn';
export const listSourceMatters = (
  asked: { q: string; show: Show; page: number },
  options?: CallOptions,
): Promise<SourceMatterList> => get(`${base}/matters${query(asked)}`, options);
export const readSourceMatter = (id: string, options?: CallOptions): Promise<SourceMatterDetail> =>
  get(`${base}/matters/${encodeURIComponent(id)}`, options);
export const refreshSourceMatter = (id: string): Promise<SourceMatterDetail> =>
  call('POST', `${base}/matters/${encodeURIComponent(id)}/refresh`, {});

export const arrangementChoices = (options?: CallOptions): Promise<ArrangementChoices> =>
  get(`${base}/choices`, options);
export const arrangeMatter = (id: string, input: MatterArrangement): Promise<SourceMatterDetail> =>
  call('PUT', `${base}/matters/${encodeURIComponent(id)}/own`, input);
