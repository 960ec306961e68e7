import { type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import {
  CalendarDraft,
  CalendarImportInput,
  CalendarPreview,
  CalendarText,
  CalendarView,
  ImportDecision,
  ImportDetail,
  ImportParams,
  ImportReason,
} from './contract.ts';
import { approveImport, findImport, importYear, rejectImport, undoImport } from './importYear.ts';
import { presentCalendar, presentDetail } from './present.ts';
import { previewYear } from './previewYear.ts';
import { readTable } from './readTable.ts';
import type { CalendarRoom } from './room.ts';

const read = { limit: 'read', signIn: 'staff', may: can('calendar.read') } as const;
const act = { limit: 'write', signIn: 'staff', may: can('calendar.act') } as const;
const base = '/api/staff/calendar';

/** The calendar of working days: looked at, imported by one person, let count by another. */
export const calendarRoutes = (room: CalendarRoom): readonly Route[] => [
  route('GET', base, { ...read, answer: CalendarView }, async ({ staff }) => {
    await room.refresh();
    return presentCalendar(room, staff);
  }),

  /** The text of an uploaded table. 400 `unreadable`. */
  route('POST', `${base}/text`, { ...act, limit: 'heavy', answer: CalendarText }, async ({ ctx }) => ({
    text: await readTable(ctx.req, ctx.get('content-type')),
  })),

  route(
    'POST',
    `${base}/preview`,
    { ...act, limit: 'read', body: CalendarDraft, answer: CalendarPreview },
    ({ body }) => previewYear(room, body.year, body.text),
  ),

  /** 400 `invalid` (details: problems), 409 `waiting`. */
  route(
    'POST',
    `${base}/imports`,
    { ...act, body: CalendarImportInput, answer: ImportDetail },
    async ({ body, staff }) => presentDetail(room, await importYear(room, body, staff), staff),
  ),

  /** 404 `not_found`; also of all below. */
  route(
    'GET',
    `${base}/imports/:id`,
    { ...read, params: ImportParams, answer: ImportDetail },
    async ({ params, staff }) => presentDetail(room, await findImport(params.id), staff),
  ),

  /** 403 `own_import`, 400 `invalid`, 409 `wrong_state`. */
  route(
    'POST',
    `${base}/imports/:id/approve`,
    { ...act, params: ImportParams, body: ImportDecision, answer: ImportDetail },
    async ({ params, staff }) => presentDetail(room, await approveImport(room, params.id, staff), staff),
  ),

  /** 409 `wrong_state`. */
  route(
    'POST',
    `${base}/imports/:id/reject`,
    { ...act, params: ImportParams, body: ImportReason, answer: ImportDetail },
    async ({ params, body, staff }) =>
      presentDetail(room, await rejectImport(room, params.id, body.reason, staff), staff),
  ),

  /** 409 `wrong_state`, `leaves_gap`. */
  route(
    'POST',
    `${base}/imports/:id/undo`,
    { ...act, params: ImportParams, body: ImportReason, answer: ImportDetail },
    async ({ params, body, staff }) =>
      presentDetail(room, await undoImport(room, params.id, body.reason, staff), staff),
  ),
];
