import type {
  ChatLine,
  MenuItem,
  MenuLeaf,
  MenuSet,
  MenuView,
  ReplyInput,
  ReplyList,
  ReplyTrigger,
  ReplyView,
  ThreadDetail,
  ThreadList,
  ThreadView,
} from '../../../areas/account/contract.ts';
import { type CallOptions, call, get, query } from './client.ts';

export type {
  ChatLine,
  MenuItem,
  MenuLeaf,
  MenuSet,
  MenuView,
  ReplyInput,
  ReplyList,
  ReplyTrigger,
  ReplyView,
  ThreadDetail,
  ThreadList,
  ThreadView,
};

const menu = '/api/staff/menu';
export const readMenu = (options?: CallOptions): Promise<MenuView> => get(menu, options);
export const saveMenu = (draft: MenuSet, version: number): Promise<MenuView> =>
  call('PUT', menu, { draft, version });
export const publishMenu = (version: number): Promise<MenuView> =>
  call('POST', `${menu}/publish`, { version });
export const rollBackMenu = (id: string, version: number): Promise<MenuView> =>
  call('POST', `${menu}/roll-back`, { id, version });

const inbox = '/api/staff/inbox';
export type Show = 'waiting' | 'mine' | 'all';
export const listThreads = (show: Show, page: number, options?: CallOptions): Promise<ThreadList> =>
  get(`${inbox}${query({ show, page })}`, options);
export const readThread = (id: string, options?: CallOptions): Promise<ThreadDetail> =>
  get(`${inbox}/${id}`, options);
export const takeThread = (id: string): Promise<ThreadView> => call('POST', `${inbox}/${id}/take`, {});
export const closeThread = (id: string): Promise<ThreadView> => call('POST', `${inbox}/${id}/close`, {});
export const answerThread = (id: string, text: string): Promise<ThreadView> =>
  call('POST', `${inbox}/${id}/answer`, { text });

const replies = '/api/staff/replies';
export const listReplies = (options?: CallOptions): Promise<ReplyList> => get(replies, options);
export const createReply = (input: ReplyInput): Promise<ReplyView> => call('POST', replies, input);
export const changeReply = (id: string, version: number, input: ReplyInput): Promise<ReplyView> =>
  call('PUT', `${replies}/${id}`, { ...input, version });
export const removeReply = (id: string): Promise<void> => call('DELETE', `${replies}/${id}`);
export const tryReply = (text: string): Promise<{ answer: string; by: string }> =>
  call('POST', `${replies}/try`, { text });
