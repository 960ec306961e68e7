import type { SystemGate } from '../../government/kit/systemGate.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { type Route, route } from '../../kernel/http/route.ts';
import { mayDo } from '../staff/policy.ts';
import { resetBreaker, tryNow, turnSwitch } from './actOnSystem.ts';
import {
  CallList,
  CallsQuery,
  RawParams,
  RawView,
  SwitchRequest,
  SystemDetail,
  SystemParams,
  SystemQuery,
  SystemsView,
  systemsErrors,
  TrialView,
} from './contract.ts';
import { listCalls } from './listCalls.ts';
import { mayAct, mayOpenRaw, mayRead } from './policy.ts';
import { presentSystem, presentSystems } from './presentSystems.ts';
import type { SystemsRoom } from './room.ts';

const base = '/api/staff/systems';
const read = { limit: 'read', signIn: 'staff', may: mayRead } as const;
const act = { limit: 'write', signIn: 'staff', may: mayAct } as const;

/** The government's systems as operators see them. Every act is a row of the audit ledger by its route. */
export const systemsRoutes = (room: SystemsRoom): readonly Route[] => {
  /** 404 `no_system`. */
  const gateOf = (id: string): SystemGate => {
    const gate = room.gates.find(({ policy }) => policy.id === id);
    if (!gate) throw new HallError(systemsErrors.noSystem);
    return gate;
  };
  return [
    route('GET', base, { ...read, answer: SystemsView }, ({ staff }) =>
      presentSystems(room, mayDo(staff, 'systems.act')),
    ),

    route(
      'GET',
      `${base}/:id`,
      { ...read, params: SystemParams, query: SystemQuery, answer: SystemDetail },
      ({ params, query, staff }) =>
        presentSystem(room, gateOf(params.id), {
          span: query.span,
          mayAct: mayDo(staff, 'systems.act'),
          mayOpenRaw: mayDo(staff, 'systems.raw'),
        }),
    ),

    route(
      'GET',
      `${base}/:id/calls`,
      { ...read, params: SystemParams, query: CallsQuery, answer: CallList },
      ({ params, query }) =>
        listCalls(gateOf(params.id).policy.id, query, room.staffNames, room.clock.wall()),
    ),

    route(
      'POST',
      `${base}/:id/switch`,
      { ...act, params: SystemParams, body: SwitchRequest, answer: 'nothing' },
      ({ params, body, staff }) =>
        turnSwitch(room, gateOf(params.id), staff.staffId, body.off ? body.reason : null),
    ),

    route(
      'POST',
      `${base}/:id/breaker-reset`,
      { ...act, params: SystemParams, answer: 'nothing' },
      ({ params }) => resetBreaker(room, gateOf(params.id)),
    ),

    /** 409 `no_trial`; an outage is an answer. */
    route(
      'POST',
      `${base}/:id/trial`,
      { ...act, params: SystemParams, answer: TrialView },
      ({ params, staff }) => tryNow(room, gateOf(params.id), staff.staffId),
    ),

    /** A POST, so that the reading itself is in the ledger. 404 `no_raw`. */
    route(
      'POST',
      `${base}/:id/raw/:row/open`,
      { ...act, may: mayOpenRaw, params: RawParams, answer: RawView },
      async ({ params }) => {
        const row = await room.raw[gateOf(params.id).policy.id]?.open(params.row);
        if (!row) throw new HallError(systemsErrors.noRaw);
        const { table, receivedAt, fields } = row;
        return { table, receivedAt: receivedAt.toISOString(), fields: { ...fields } };
      },
    ),
  ];
};
