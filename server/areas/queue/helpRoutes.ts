import { type Route, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { answerHelp, callHelp, openHelp, presentHelp } from './callHelp.ts';
import {
  HelpAnswer,
  HelpList,
  HelpParams,
  HelpRequest,
  HelpView,
  SittingList,
  WindowParams,
} from './contract.ts';
import type { QueueRoom } from './room.ts';
import { sittingsAt } from './sittings.ts';

/** A window's call for help, and who sat where. Every act is in the audit ledger, as all acts of staff. */
export function helpRoutes(room: QueueRoom): readonly Route[] {
  const call = { limit: 'write', signIn: 'staff', may: can('queue.call') } as const;
  const manage = { limit: 'write', signIn: 'staff', may: can('queue.manage') } as const;
  const at = '/api/staff/halls/:hallId/windows/:number';
  const nameOf = async (hallId: string): Promise<string> => (await room.findHall(hallId))?.name ?? '';
  return [
    route(
      'POST',
      `${at}/help`,
      { ...call, params: WindowParams, body: HelpRequest, answer: HelpView },
      async ({ staff, params, body }) =>
        presentHelp(await callHelp(room, params, body.kind, staff), await nameOf(params.hallId)),
    ),

    route('GET', '/api/staff/help', { ...manage, limit: 'read', answer: HelpList }, async ({ staff }) => ({
      calls: await Promise.all(
        (await openHelp(staff)).map(async (each) => presentHelp(each, await nameOf(each.hallId))),
      ),
    })),

    route(
      'POST',
      '/api/staff/help/:id',
      { ...manage, params: HelpParams, body: HelpAnswer, answer: 'nothing' },
      ({ staff, params, body }) => answerHelp(room, params.id, body.do, staff),
    ),

    route(
      'GET',
      `${at}/history`,
      { ...call, limit: 'read', may: can('queue.read'), params: WindowParams, answer: SittingList },
      async ({ params }) => ({
        sittings: (await sittingsAt(params)).map(({ staffName, groups, from, to }) => ({
          staff: staffName,
          groups: [...groups],
          from: from.toISOString(),
          to: to?.toISOString() ?? null,
        })),
      }),
    ),
  ];
}
