import { HallError } from '../../kernel/http/hallError.ts';
import { anyone, type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { consentTemplates, recordAnswers } from './askConsent.ts';
import { checkTemplates } from './checkTemplates.ts';
import {
  ConsentQuery,
  ConsentResults,
  ConsentTemplates,
  NoticeChoice,
  NoticeKinds,
  NoticeList,
  NoticeParams,
  NoticeStatistics,
  NoticeStatisticsQuery,
  NoticesQuery,
  noticesErrors,
  StaffNotices,
  StaffNoticesQuery,
  TemplateCheck,
} from './contract.ts';
import { listNotices } from './listNotices.ts';
import { markAllRead, markRead } from './markRead.ts';
import { listOptOuts, setOptOut } from './optOuts.ts';
import { presentNotice } from './present.ts';
import type { NoticesRoom } from './room.ts';
import { listStaffNotices, resendNotice } from './staffNotices.ts';
import { noticeStatistics } from './statistics.ts';
import { templates } from './templates.ts';

const citizen = { signIn: 'citizen', may: anyone } as const;
const staff = { limit: 'read', signIn: 'staff', may: can('notices.read') } as const;

export type NoticesRoutesRoom = Pick<NoticesRoom, 'clock' | 'account' | 'settings' | 'subscription'> & {
  /** Masked names. */
  readonly findPeople: (ids: readonly string[]) => Promise<readonly { id: string; displayName: string }[]>;
};

export const noticesRoutes = (room: NoticesRoutesRoom): readonly Route[] => [
  ...citizenRoutes(room),
  ...staffRoutes(room),
];

const citizenRoutes = ({ clock, subscription }: NoticesRoutesRoom): readonly Route[] => [
  route(
    'GET',
    '/api/notices',
    { ...citizen, limit: 'read', query: NoticesQuery, answer: NoticeList },
    async ({ citizen: { personId }, query }) => {
      const { notices, unread, next } = await listNotices(personId, query.before);
      return { notices: notices.map(presentNotice), unread, next };
    },
  ),

  /** 404 `notices.not_found`, also for another person's. */
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

  route(
    'GET',
    '/api/notices/kinds',
    { ...citizen, limit: 'read', answer: NoticeKinds },
    async ({ citizen: { personId } }) => {
      const off = await listOptOuts(personId);
      const kinds = [...templates.values()].filter(({ broadcast }) => !broadcast);
      return {
        kinds: kinds.map(({ id, title, mayOptOut }) => ({ kind: id, title, mayOptOut, on: !off.has(id) })),
      };
    },
  ),

  route(
    'PUT',
    '/api/notices/kinds',
    { ...citizen, limit: 'write', body: NoticeChoice, answer: 'nothing' },
    ({ citizen: { personId }, body }) => setOptOut(personId, body.kind, !body.on),
  ),

  /** `?kinds=queue.soon,queue.yourTurn`. 409 `notices.consent_off`. */
  route(
    'GET',
    '/api/notices/consents',
    { ...citizen, limit: 'read', query: ConsentQuery, answer: ConsentTemplates },
    ({ query }) => consentTemplates(subscription, query.kinds.split(',')),
  ),

  route(
    'POST',
    '/api/notices/consents',
    { ...citizen, limit: 'write', body: ConsentResults, answer: 'nothing' },
    ({ citizen: { personId }, body }) => recordAnswers(subscription, personId, body.results),
  ),
];

const staffRoutes = (room: NoticesRoutesRoom): readonly Route[] => [
  route(
    'GET',
    '/api/staff/notices',
    { ...staff, query: StaffNoticesQuery, answer: StaffNotices },
    ({ query }) =>
      listStaffNotices(
        query,
        async (ids) => new Map((await room.findPeople(ids)).map((each) => [each.id, each.displayName])),
      ),
  ),

  /** 404 `notices.not_found`, 409 `notices.cannot_resend`. */
  route(
    'POST',
    '/api/staff/notices/:id/resend',
    { ...staff, limit: 'write', may: can('notices.resend'), params: NoticeParams, answer: 'nothing' },
    ({ params }) => resendNotice(params.id, { wall: room.clock.wall(), now: room.clock.now() }),
  ),

  route(
    'GET',
    '/api/staff/notices/statistics',
    { ...staff, may: can('statistics.read'), query: NoticeStatisticsQuery, answer: NoticeStatistics },
    ({ query }) => noticeStatistics(room, query.days),
  ),

  route(
    'GET',
    '/api/staff/templates/check',
    { ...staff, may: can('templates.read'), answer: TemplateCheck },
    () => checkTemplates(room),
  ),
];
