import { HallError } from '../../kernel/http/hallError.ts';
import { type Route, route } from '../../kernel/http/route.ts';
import { can, mayDo } from '../staff/policy.ts';
import { type ArrangeRoom, arrangeMatter } from './arrangeMatter.ts';
import {
  ArrangementChoices,
  MatterArrangement,
  MatterParams,
  mattersErrors,
  SourceMatterDetail,
  SourceMatterList,
  SourceMattersQuery,
  SyncRequest,
  SyncRunView,
  SyncView,
} from './contract.ts';
import { findMatter } from './findMatter.ts';
import {
  listSourceMatters,
  presentChoices,
  presentRun,
  presentSourceMatter,
  presentSync,
} from './presentSync.ts';
import { type RefreshRoom, refreshMatter } from './refreshMatter.ts';
import { askForSync } from './runSync.ts';

const read = { limit: 'read', signIn: 'staff', may: can('matterSync.read') } as const;
const act = { limit: 'write', signIn: 'staff', may: can('matterSync.act') } as const;
const base = '/api/staff/matter-sync';

/** The sync with 事项管理系统 as staff see it; `room.items` is null where it is not configured. */
export const syncRoutes = (
  room: ArrangeRoom & { readonly items: RefreshRoom['items'] | null },
): readonly Route[] => [
  route('GET', base, { ...read, answer: SyncView }, ({ staff }) =>
    presentSync(room.items !== null, mayDo(staff, 'matterSync.act'), room.clock.now()),
  ),

  /** 409 `sync_running`, `sync_not_configured`. */
  route(
    'POST',
    `${base}/runs`,
    { ...act, body: SyncRequest, answer: SyncRunView },
    async ({ body, staff }) => {
      if (!room.items) throw new HallError(mattersErrors.syncNotConfigured);
      return presentRun(await askForSync(room, body.force, staff));
    },
  ),

  route(
    'GET',
    `${base}/matters`,
    { ...read, query: SourceMattersQuery, answer: SourceMatterList },
    ({ query }) => listSourceMatters(query),
  ),

  /** 404 `not_found`. */
  route(
    'GET',
    `${base}/matters/:id`,
    { ...read, params: MatterParams, answer: SourceMatterDetail },
    async ({ params }) => {
      const matter = await findMatter(params.id);
      if (!matter) throw new HallError(mattersErrors.notFound);
      return presentSourceMatter(matter, null);
    },
  ),

  route('GET', `${base}/choices`, { ...read, answer: ArrangementChoices }, () => presentChoices()),

  /** 404 `not_found`, 400 `no_such_place`, 409 `place_booked`. */
  route(
    'PUT',
    `${base}/matters/:id/own`,
    { ...act, params: MatterParams, body: MatterArrangement, answer: SourceMatterDetail },
    async ({ params, body }) => presentSourceMatter(await arrangeMatter(room, params.id, body), null),
  ),

  /** Asks the province now. 404 `not_found`, 409 `sync_not_configured`; an outage is an answer. */
  route(
    'POST',
    `${base}/matters/:id/refresh`,
    { ...act, params: MatterParams, answer: SourceMatterDetail },
    async ({ params, requestId }) => {
      const { clock, items } = room;
      if (!items) throw new HallError(mattersErrors.syncNotConfigured);
      const matter = await findMatter(params.id);
      if (!matter) throw new HallError(mattersErrors.notFound);
      const refreshed = await refreshMatter({ clock, items }, matter, requestId);
      return presentSourceMatter((await findMatter(params.id)) ?? matter, refreshed);
    },
  ),
];
