import type {
  Audience,
  BroadcastInput,
  BroadcastList,
  BroadcastState,
  BroadcastView,
  Content,
  Preview,
  ReceiverBinding,
  ReceiverView,
  TagList,
  TemplateList,
  TestSendResult,
} from '../../../areas/broadcasts/contract.ts';
import { type CallOptions, call, get } from './client.ts';

export type { Audience, BroadcastInput, BroadcastState, BroadcastView, Content, Preview };
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
