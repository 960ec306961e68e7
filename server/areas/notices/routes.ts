import { HallError } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { NoticeList, NoticeParams, NoticesQuery, noticesErrors } from './contract.ts';
import { listNotices } from './listNotices.ts';
import { markAllRead, markRead } from './markRead.ts';
import { presentNotice } from './present.ts';
import type { NoticesRoom } from './room.ts';

const citizen = { signIn: 'citizen', may: anyone } as const;

export const noticesRoutes = ({ clock }: Pick<NoticesRoom, 'clock'>): readonly Route[] => [
  route(
    'GET',
    '/api/notices',
    { ...citizen, limit: 'read', query: NoticesQuery, answer: NoticeList },
    async ({ citizen: { personId }, query }) => {
      const { notices, unread, next } = await listNotices(personId, query.before);
      return { notices: notices.map(presentNotice), unread, next };
    },
  ),

  route(
    'POST',
    '/api/notices/:id/read',
    { ...citizen, limit: 'write', params: NoticeParams, answer: 'nothing' },
    async ({ citizen: { personId }, params }) => {
      if (!(await markRead(personId, params.id, clock.now()))) throw new HallError(noticesErrors.notFound);
    },
  ),

  route(
    'POST',
    '/api/notices/read-all',
    { ...citizen, limit: 'write', answer: 'nothing' },
    ({ citizen: { personId } }) => markAllRead(personId, clock.now()),
  ),
];
