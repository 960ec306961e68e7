import { z } from 'zod';
import { type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { QrRequest, QrView, TagInput, TagParams, TagPeople, TagPeopleResult } from './contract.ts';
import type { AccountRoom } from './room.ts';
import { createTag, tagPeople, withTags } from './tagPeople.ts';

const write = { limit: 'write', signIn: 'staff', may: can('broadcasts.write') } as const;
const TagMade = z.object({ id: z.number(), name: z.string(), count: z.number() });

/** Tags of followers (who gets a broadcast or a personalised menu), and QR codes with a scene. 409 `account.tag_refused`. */
export const tagRoutes = (room: AccountRoom): readonly Route[] => [
  route('POST', '/api/staff/tags', { ...write, body: TagInput, answer: TagMade }, ({ body }) =>
    createTag(room, body.name),
  ),
  route(
    'PATCH',
    '/api/staff/tags/:id',
    { ...write, params: TagParams, body: TagInput, answer: 'nothing' },
    ({ params, body }) => withTags(() => room.account.renameTag(params.id, body.name)),
  ),
  route('DELETE', '/api/staff/tags/:id', { ...write, params: TagParams, answer: 'nothing' }, ({ params }) =>
    withTags(() => room.account.deleteTag(params.id)),
  ),
  route(
    'POST',
    '/api/staff/tags/:id/people',
    { ...write, params: TagParams, body: TagPeople, answer: TagPeopleResult },
    ({ params, body }) => tagPeople(room, params.id, body.personIds, true),
  ),
  route(
    'POST',
    '/api/staff/tags/:id/people/remove',
    { ...write, params: TagParams, body: TagPeople, answer: TagPeopleResult },
    ({ params, body }) => tagPeople(room, params.id, body.personIds, false),
  ),
  route('POST', '/api/staff/qr-codes', { ...write, body: QrRequest, answer: QrView }, async ({ body }) => {
    const seconds = body.days === null ? null : body.days * 24 * 3600;
    const { url } = await withTags(() => room.account.createQrCode(body.scene, seconds));
    return { scene: body.scene, url };
  }),
];
