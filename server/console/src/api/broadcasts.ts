import type {
  Audience,
  AudienceListView,
  BroadcastInput,
  BroadcastList,
  BroadcastState,
  BroadcastView,
  Content,
  Estimate,
  PictureView,
  Preview,
  ReceiverBinding,
  Receivers,
  ReceiverView,
  TagList,
  TemplateList,
  TestSendResult,
} from '../../../areas/broadcasts/contract.ts';
import type { TownList } from '../../../areas/halls/contract.ts';
import type { MatterList } from '../../../areas/matters/contract.ts';
import { type CallOptions, call, get, query, sendFile } from './client.ts';

export type {
  Audience,
  AudienceListView,
  BroadcastInput,
  BroadcastState,
  BroadcastView,
  Content,
  Estimate,
  Preview,
  Receivers,
};
export type Template = TemplateList['templates'][number];
export type Tag = TagList['tags'][number];

const base = '/api/staff/broadcasts';

export const listBroadcasts = (options?: CallOptions): Promise<BroadcastList> => get(base, options);
export const readBroadcast = (id: string, options?: CallOptions): Promise<BroadcastView> =>
  get(`${base}/${id}`, options);
export const createBroadcast = (input: BroadcastInput): Promise<BroadcastView> => call('POST', base, input);
export const changeBroadcast = (id: string, version: number, input: BroadcastInput): Promise<BroadcastView> =>
  call('PATCH', `${base}/${id}`, { ...input, version });
export const previewBroadcast = (
  content: Content,
  audience: Audience,
  signal: AbortSignal,
): Promise<Preview> => call('POST', `${base}/preview`, { content, audience }, { signal });
export const testSend = (id: string, version: number): Promise<TestSendResult> =>
  call('POST', `${base}/${id}/test-send`, { version });

/** The WeChat that receives this member of staff's test sends. */
export const receiver = (options?: CallOptions): Promise<(typeof ReceiverView)['_output']> =>
  get(`${base}/receiver`, options);
export type Binding = (typeof ReceiverBinding)['_output'];
export const startBinding = (): Promise<Binding> => call('POST', `${base}/receiver`, {});

export type Act = 'submit' | 'approve' | 'reject' | 'pause' | 'resume' | 'stop';
/** The version guards against a colleague who was quicker; `reason` is asked for by reject. */
export const actOn = (act: Act, id: string, version: number, reason?: string): Promise<BroadcastView> =>
  call('POST', `${base}/${id}/${act}`, { version, ...(reason === undefined ? {} : { reason }) });

export const listTemplates = async (signal: AbortSignal): Promise<Template[]> =>
  (await get<TemplateList>('/api/staff/templates', { signal })).templates;
export const listTags = async (signal: AbortSignal): Promise<Tag[]> =>
  (await get<TagList>('/api/staff/tags', { signal })).tags;

/** Checks a list on the server and keeps those it reaches. */
export const uploadList = (name: string, file: Blob): Promise<AudienceListView> =>
  sendFile(`/api/staff/broadcast-lists${query({ name })}`, file);
export const readList = (id: string, options?: CallOptions): Promise<AudienceListView> =>
  get(`/api/staff/broadcast-lists/${id}`, options);

export const uploadPicture = (file: Blob): Promise<PictureView> =>
  sendFile('/api/staff/broadcast-pictures', file);
export const pictureAddress = (id: string): string => `/api/staff/broadcast-pictures/${id}`;

export const readEstimate = (id: string, options?: CallOptions): Promise<Estimate> =>
  get(`${base}/${id}/estimate`, options);
export type ReceiverState = Receivers['receivers'][number]['state'];
/** A hundred of the ledger's rows, after the last page's `next`. */
export const listReceivers = (
  id: string,
  asked: { state: ReceiverState | null; after: string | null },
  options?: CallOptions,
): Promise<Receivers> => get(`${base}/${id}/receivers${query(asked)}`, options);
export const reportAddress = (id: string): string => `${base}/${id}/report`;

export interface Choice {
  readonly id: string;
  readonly name: string;
}
export const townChoices = async (signal: AbortSignal): Promise<Choice[]> =>
  (await get<TownList>('/api/towns', { signal })).towns.map(({ code, name }) => ({ id: code, name }));
export const matterChoices = async (q: string, signal: AbortSignal): Promise<Choice[]> =>
  (await get<MatterList>(`/api/matters${query({ q })}`, { signal })).matters
    .filter(({ bookable }) => bookable)
    .map(({ id, name }) => ({ id, name }));
