import { PassThrough } from 'node:stream';
import { type Route, route, type StaffMember } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { actOnBroadcast, createBroadcast, editBroadcast, findBroadcast } from './actOnBroadcast.ts';
import { countAudience } from './audience.ts';
import { audienceLabel } from './audienceLabel.ts';
import { findList, keepList } from './audienceLists.ts';
import {
  AudienceListQuery,
  AudienceListView,
  BroadcastAct,
  BroadcastInput,
  BroadcastList,
  BroadcastParams,
  BroadcastPatch,
  BroadcastsQuery,
  BroadcastView,
  Estimate,
  FollowerCount,
  PictureView,
  Preview,
  PreviewRequest,
  ReceiverBinding,
  Receivers,
  ReceiversQuery,
  ReceiverView,
  TagList,
  TemplateList,
  TestSendResult,
} from './contract.ts';
import { refreshCounts } from './counts.ts';
import { estimateBroadcast } from './estimate.ts';
import { listReceivers } from './listReceivers.ts';
import { type Broadcast, BroadcastModel } from './model.ts';
import { findPicture, keepUpload } from './pictures.ts';
import { isMedia, prepareMedia } from './prepareMedia.ts';
import { presentBroadcast, presentTemplates } from './present.ts';
import { previewBroadcast, requireSendable } from './preview.ts';
import { readUpload } from './readUpload.ts';
import { findReceiver, startBinding } from './receivers.ts';
import type { BroadcastsRoom } from './room.ts';
import { isOwn } from './rules.ts';
import { TagNames } from './tagNames.ts';
import { testSend } from './testSend.ts';
import { writeReport } from './writeReport.ts';

const read = { limit: 'read', signIn: 'staff', may: can('broadcasts.read') } as const;
const write = { limit: 'write', signIn: 'staff', may: can('broadcasts.write') } as const;
const approve = { limit: 'write', signIn: 'staff', may: can('broadcasts.approve') } as const;
const run = { limit: 'write', signIn: 'staff', may: can('broadcasts.run') } as const;
const pageSize = 50;

/** Errors of all: 404 `not_found`; of whatever changes one: 409 `changed`, 409 `wrong_state`. */
export function broadcastsRoutes(room: BroadcastsRoom): readonly Route[] {
  const tagNames = new TagNames(room.account, () => room.clock.monotonic());
  const view = async (broadcast: Broadcast, staff: StaffMember): Promise<BroadcastView> =>
    presentBroadcast(
      broadcast,
      await refreshCounts(broadcast, room.clock.wall()),
      await audienceLabel(broadcast.audience, tagNames),
      staff,
    );
  const act = (
    name: Parameters<typeof actOnBroadcast>[1],
    rights: typeof approve | typeof run | typeof write,
  ) =>
    route(
      'POST',
      `/api/staff/broadcasts/:id/${name}`,
      { ...rights, params: BroadcastParams, body: BroadcastAct, answer: BroadcastView },
      async ({ params, body, staff }) => {
        if (name === 'approve') await prepareForApproval(params.id, staff);
        return view(await actOnBroadcast(params.id, name, body, staff, room.clock.now()), staff);
      },
    );
  /** What WeChat would refuse of a picture or an article, the approver hears, not the runner at night. */
  const prepareForApproval = async (id: string, staff: StaffMember): Promise<void> => {
    const broadcast = await findBroadcast(id);
    if (!isMedia(broadcast.content) || broadcast.state !== 'submitted' || isOwn(broadcast, staff.staffId))
      return;
    await requireSendable(broadcast.content, broadcast.audience);
    await prepareMedia(room.account, broadcast);
  };

  return [
    route(
      'GET',
      '/api/staff/broadcasts',
      { ...read, query: BroadcastsQuery, answer: BroadcastList },
      async ({ query, staff }) => {
        const filter = query.state ? { state: query.state } : {};
        const [found, total] = await Promise.all([
          BroadcastModel.find(filter)
            .sort({ _id: -1 })
            .skip((query.page - 1) * pageSize)
            .limit(pageSize)
            .lean<Broadcast[]>(),
          BroadcastModel.countDocuments(filter),
        ]);
        return { broadcasts: await Promise.all(found.map((each) => view(each, staff))), total };
      },
    ),

    route(
      'POST',
      '/api/staff/broadcasts',
      { ...write, body: BroadcastInput, answer: BroadcastView },
      async ({ body, staff }) => view(await createBroadcast(body, staff, room.clock.now()), staff),
    ),

    /** 400 is not used for what WeChat would refuse: that is in `problems`. */
    route(
      'POST',
      '/api/staff/broadcasts/preview',
      { ...read, body: PreviewRequest, answer: Preview },
      ({ body }) => previewBroadcast(room, body.content, body.audience),
    ),

    route('GET', '/api/staff/broadcasts/receiver', { ...write, answer: ReceiverView }, async ({ staff }) => {
      const receiver = await findReceiver(staff.staffId);
      return { bound: receiver !== null, label: receiver?.label ?? null };
    }),

    /** The content of a QR code: whoever scans it with WeChat becomes the asking person's receiver of test sends. */
    route(
      'POST',
      '/api/staff/broadcasts/receiver',
      { ...write, limit: 'guess', answer: ReceiverBinding },
      ({ staff }) => startBinding(room.account, staff.staffId, room.clock.wall()),
    ),

    route(
      'GET',
      '/api/staff/broadcasts/:id',
      { ...read, params: BroadcastParams, answer: BroadcastView },
      async ({ params, staff }) => view(await findBroadcast(params.id), staff),
    ),

    route(
      'PATCH',
      '/api/staff/broadcasts/:id',
      { ...write, params: BroadcastParams, body: BroadcastPatch, answer: BroadcastView },
      async ({ params, body, staff }) =>
        view(await editBroadcast(params.id, body, staff, room.clock.now()), staff),
    ),

    /** What the approver looks at. */
    route(
      'GET',
      '/api/staff/broadcasts/:id/estimate',
      { ...read, params: BroadcastParams, answer: Estimate },
      async ({ params }) => estimateBroadcast(room, await findBroadcast(params.id)),
    ),

    /** Checks and keeps a list. 400 `list_unreadable`, `list_too_long`, `list_empty`. */
    route(
      'POST',
      '/api/staff/broadcast-lists',
      { ...write, limit: 'heavy', query: AudienceListQuery, answer: AudienceListView },
      async ({ query, staff, ctx }) =>
        keepList(
          room.account,
          {
            name: query.name,
            lines: await readUpload(ctx.req, ctx.get('content-type')),
            staffId: staff.staffId,
          },
          room.clock.now(),
        ),
    ),
    route(
      'GET',
      '/api/staff/broadcast-lists/:id',
      { ...read, params: BroadcastParams, answer: AudienceListView },
      ({ params }) => findList(params.id),
    ),

    /** Keeps a picture for a broadcast or an article. 400 `picture_unfit`. */
    route(
      'POST',
      '/api/staff/broadcast-pictures',
      { ...write, limit: 'heavy', answer: PictureView },
      ({ staff, ctx }) => keepUpload(ctx.req, ctx.get('content-type'), staff.staffId, room.clock.now()),
    ),
    /** 404 `picture_not_found`. */
    route(
      'GET',
      '/api/staff/broadcast-pictures/:id',
      { ...read, params: BroadcastParams, answer: 'raw' },
      async ({ params, ctx }) => {
        const { bytes, type } = await findPicture(params.id);
        ctx.type = type;
        ctx.set('cache-control', 'private, max-age=86400, immutable');
        ctx.set('x-content-type-options', 'nosniff');
        ctx.body = bytes;
      },
    ),

    /** 409 `no_receiver`, `media_refused`, 400 `invalid`; a refusal of WeChat's is an answer with `ok: false`. */
    route(
      'POST',
      '/api/staff/broadcasts/:id/test-send',
      { ...write, params: BroadcastParams, answer: TestSendResult },
      async ({ params, staff }) => testSend(room, await findBroadcast(params.id), staff.staffId),
    ),

    route(
      'GET',
      '/api/staff/broadcasts/:id/receivers',
      { ...read, params: BroadcastParams, query: ReceiversQuery, answer: Receivers },
      async ({ params, query }) => listReceivers((await findBroadcast(params.id))._id, query),
    ),

    /** An Excel file: summary, history, and each receiver. */
    route(
      'GET',
      '/api/staff/broadcasts/:id/report',
      { ...read, limit: 'heavy', params: BroadcastParams, answer: 'raw' },
      async ({ params, ctx }) => {
        const broadcast = await findBroadcast(params.id);
        const counts = await refreshCounts(broadcast, room.clock.wall());
        const label = await audienceLabel(broadcast.audience, tagNames);
        const file = new PassThrough();
        ctx.attachment(`群发报告-${broadcast.title}.xlsx`);
        ctx.type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
        ctx.body = file;
        // Koa sends while it is written; a reader that goes away ends the writing.
        writeReport(broadcast, counts, label, file).catch((error: Error) => file.destroy(error));
      },
    ),

    act('submit', write), // 400 `invalid`
    act('approve', approve), // 403 `own_approval`, 409 `media_refused`
    act('reject', approve), // 403 `own_approval`
    act('pause', run),
    act('resume', run),
    act('stop', run),

    route('GET', '/api/staff/templates', { ...read, may: can('templates.read'), answer: TemplateList }, () =>
      presentTemplates(),
    ),
    route('GET', '/api/staff/tags', { ...read, answer: TagList }, async () => ({
      tags: await room.account.tags(),
    })),
    route('GET', '/api/staff/followers/count', { ...read, answer: FollowerCount }, async () => ({
      count: await countAudience(room, { kind: 'followers' }),
    })),
  ];
}
