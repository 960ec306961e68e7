import { type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import {
  ReplyInput,
  ReplyList,
  ReplyParams,
  ReplyPatch,
  ReplyTried,
  ReplyTry,
  ReplyView,
} from './contract.ts';
import { changeReply, createReply, removeReply } from './editReply.ts';
import { replyTo } from './handleMessage.ts';
import { findLookup } from './lookup.ts';
import { presentReply } from './present.ts';
import { type Reply, ReplyModel } from './replyModel.ts';
import { fillReply, plain } from './replyRules.ts';
import type { AccountRoom } from './room.ts';

const read = { limit: 'read', signIn: 'staff', may: can('replies.read') } as const;
const write = { limit: 'write', signIn: 'staff', may: can('replies.write') } as const;

/** What the account says by itself. */
export const replyRoutes = (room: AccountRoom): readonly Route[] => [
  route('GET', '/api/staff/replies', { ...read, answer: ReplyList }, async () => ({
    replies: (await ReplyModel.find().sort({ _id: 1 }).lean<Reply[]>()).map(presentReply),
    lookups: room.lookups.map(({ id, words, label }) => ({ id, words: [...words], label })),
  })),

  route(
    'POST',
    '/api/staff/replies',
    { ...write, body: ReplyInput, answer: ReplyView },
    async ({ body, staff }) => presentReply(await createReply(body, staff.name, room.clock.now())),
  ),

  /** What a citizen would be answered. */
  route(
    'POST',
    '/api/staff/replies/try',
    { ...read, limit: 'write', body: ReplyTry, answer: ReplyTried },
    async ({ body }) => {
      const lookup = findLookup(room.lookups, plain(body.text));
      if (lookup) {
        const text = await lookup.answer(null, plain(body.text));
        return { answer: fillReply(text, null, room), by: `查询：${lookup.label}` };
      }
      const reply = await replyTo({ kind: 'text', text: body.text });
      return { answer: reply ? fillReply(reply.text, null, room) : '', by: reply?.title ?? '没有回复' };
    },
  ),

  /** 404 `account.reply_not_found`, 409 `account.changed`. */
  route(
    'PUT',
    '/api/staff/replies/:id',
    { ...write, params: ReplyParams, body: ReplyPatch, answer: ReplyView },
    async ({ params, body, staff }) =>
      presentReply(await changeReply(params.id, body, staff.name, room.clock.now())),
  ),

  route(
    'DELETE',
    '/api/staff/replies/:id',
    { ...write, params: ReplyParams, answer: 'nothing' },
    ({ params }) => removeReply(params.id),
  ),
];
