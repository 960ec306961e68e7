import type { QueryFilter } from 'mongoose';
import { type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import {
  AnswerRequest,
  ThreadDetail,
  ThreadList,
  ThreadParams,
  ThreadsQuery,
  ThreadView,
} from './contract.ts';
import { presentLine, presentThread } from './present.ts';
import type { AccountRoom } from './room.ts';
import { type Line, LineModel, type Thread, ThreadModel } from './threadModel.ts';
import { answerThread, closeThread, findThread, takeThread } from './threads.ts';

const read = { limit: 'read', signIn: 'staff', may: can('inbox.read') } as const;
const answer = { limit: 'write', signIn: 'staff', may: can('inbox.answer') } as const;
const pageSize = 30;
const linesShown = 200;

/** What citizens write to the account, and how staff answer. */
export const inboxRoutes = (room: AccountRoom): readonly Route[] => [
  route(
    'GET',
    '/api/staff/inbox',
    { ...read, query: ThreadsQuery, answer: ThreadList },
    async ({ query, staff }) => {
      const filters: Record<typeof query.show, QueryFilter<Thread>> = {
        waiting: { state: 'waiting' },
        mine: { state: 'open', 'staff.id': staff.staffId },
        all: {},
      };
      const filter = filters[query.show];
      const [threads, total, waiting] = await Promise.all([
        ThreadModel.find(filter)
          .sort({ lastAt: -1 })
          .skip((query.page - 1) * pageSize)
          .limit(pageSize)
          .lean<Thread[]>(),
        ThreadModel.countDocuments(filter),
        ThreadModel.countDocuments({ state: 'waiting' }),
      ]);
      const now = room.clock.now();
      return { threads: threads.map((thread) => presentThread(thread, now)), total, waiting };
    },
  ),

  /** 404 `account.thread_not_found`. */
  route(
    'GET',
    '/api/staff/inbox/:id',
    { ...read, params: ThreadParams, answer: ThreadDetail },
    async ({ params }) => {
      const thread = await findThread(params.id);
      const lines = await LineModel.find({ threadId: thread._id })
        .sort({ _id: -1 })
        .limit(linesShown)
        .lean<Line[]>();
      return {
        thread: presentThread(thread, room.clock.now()),
        lines: lines.toReversed().map(presentLine),
      };
    },
  ),

  /** 409 `account.thread_taken`. */
  route(
    'POST',
    '/api/staff/inbox/:id/take',
    { ...answer, params: ThreadParams, answer: ThreadView },
    async ({ params, staff }) =>
      presentThread(await takeThread(params.id, { id: staff.staffId, name: staff.name }), room.clock.now()),
  ),

  /** 409 `thread_taken`, `answer_too_late`, `answer_too_many`, `answer_refused`. */
  route(
    'POST',
    '/api/staff/inbox/:id/answer',
    { ...answer, params: ThreadParams, body: AnswerRequest, answer: ThreadView },
    async ({ params, body, staff }) => {
      const who = { id: staff.staffId, name: staff.name };
      return presentThread(await answerThread(room, params.id, body.text, who), room.clock.now());
    },
  ),

  route(
    'POST',
    '/api/staff/inbox/:id/close',
    { ...answer, params: ThreadParams, answer: ThreadView },
    async ({ params }) => presentThread(await closeThread(params.id), room.clock.now()),
  ),
];
