import type {
  CallFigures,
  CallList,
  CallOutcome,
  CallView,
  ProcessGate,
  RawView,
  SeriesPointView,
  SystemDetail,
  SystemMood,
  SystemsView,
  SystemView,
  TrialView,
} from '../../../areas/systems/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type {
  CallFigures,
  CallList,
  CallOutcome,
  CallView,
  ProcessGate,
  RawView,
  SeriesPointView,
  SystemDetail,
  SystemMood,
  SystemsView,
  SystemView,
  TrialView,
};

export type Span = 'hour' | 'day' | 'week';

const base = '/api/staff/systems';
export const readSystems = (options?: CallOptions): Promise<SystemsView> => get(base, options);
export const readSystem = (id: string, span: Span, options?: CallOptions): Promise<SystemDetail> =>
  get(`${base}/${id}${query({ span })}`, options);
export const listCalls = (
  id: string,
  asked: { outcome: CallOutcome | null; before: string | null },
  options?: CallOptions,
): Promise<CallList> => get(`${base}/${id}/calls${query(asked)}`, options);

export const switchOff = (id: string, reason: string): Promise<void> =>
  call('POST', `${base}/${id}/switch`, { off: true, reason });
export const switchOn = (id: string): Promise<void> => call('POST', `${base}/${id}/switch`, { off: false });
export const resetBreaker = (id: string): Promise<void> => call('POST', `${base}/${id}/breaker-reset`, {});
export const tryNow = (id: string): Promise<TrialView> => call('POST', `${base}/${id}/trial`, {});
export const openRaw = (id: string, row: string): Promise<RawView> =>
  call('POST', `${base}/${id}/raw/${encodeURIComponent(row)}/open`, {});
