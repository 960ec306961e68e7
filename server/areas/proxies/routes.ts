import type { Policy, Route } from '../../kernel/http/route.ts';
import { anyone, route } from '../../kernel/http/route.ts';
import { can } from '../staff/policy.ts';
import { decideAgent, listAgents, presentAgents, proposeAgent, proposeRemoval } from './agents.ts';
import { askAuthorisation, confirmCode, lookAtCode } from './askAuthorisation.ts';
import {
  listAuthorisations,
  listPapers,
  presentAuthorisation,
  revokeAuthorisation,
} from './authorisations.ts';
import {
  AgentDecision,
  AgentList,
  AgentRequest,
  AgentRow,
  Asked,
  AskRequest,
  AuthorisationList,
  AuthorisationParams,
  AuthorisationView,
  CodeRequest,
  PaperList,
  PaperQuery,
  PaperRequest,
  RevokeRequest,
} from './contract.ts';
import { recordPaper } from './recordPaper.ts';
import type { ProxiesRoom } from './room.ts';

/** `realNamed` throws where a citizen is not real-named: an authorisation names two people. */
export function proxiesRoutes(room: ProxiesRoom, realNamed: Policy<'citizen'>): readonly Route[] {
  const citizen = { limit: 'write', signIn: 'citizen', may: realNamed } as const;
  const params = AuthorisationParams;
  const staff = { limit: 'write', signIn: 'staff', may: can('bookings.manage') } as const;
  const decide = { limit: 'write', signIn: 'staff', may: can('agents.decide') } as const;
  return [
    route(
      'GET',
      '/api/authorisations',
      { limit: 'read', signIn: 'citizen', may: anyone, answer: AuthorisationList },
      ({ citizen: { personId } }) => listAuthorisations(room, personId),
    ),
    route(
      'POST',
      '/api/authorisations',
      { ...citizen, body: AskRequest, answer: Asked },
      async ({ citizen: { personId }, body }) => {
        const { authorisation, code } = await askAuthorisation(room, personId, body);
        const codeUntil = authorisation.codeUntil!.toISOString();
        return { authorisation: presentAuthorisation(authorisation, room), code, codeUntil };
      },
    ),
    route(
      'POST',
      '/api/authorisations/code/look',
      { ...citizen, limit: 'guess', body: CodeRequest, answer: AuthorisationView },
      async ({ citizen: { personId }, body }) =>
        presentAuthorisation(await lookAtCode(room, personId, body.code), room),
    ),
    route(
      'POST',
      '/api/authorisations/code/confirm',
      { ...citizen, limit: 'guess', body: CodeRequest, answer: AuthorisationView },
      async ({ citizen: { personId }, body }) =>
        presentAuthorisation(await confirmCode(room, personId, body.code), room),
    ),
    route(
      'POST',
      '/api/authorisations/:id/revoke',
      { ...citizen, may: anyone, params, answer: AuthorisationView },
      async ({ citizen: { personId }, params: { id } }) =>
        presentAuthorisation(
          await revokeAuthorisation(room, id, { by: personId, mine: personId, why: null }),
          room,
        ),
    ),
    route(
      'GET',
      '/api/staff/authorisations',
      { ...staff, limit: 'read', query: PaperQuery, answer: PaperList },
      async ({ query }) => ({
        authorisations: (await listPapers(query.q)).map((each) => presentAuthorisation(each, room)),
      }),
    ),
    route(
      'POST',
      '/api/staff/authorisations',
      { ...staff, body: PaperRequest, answer: AuthorisationView },
      async ({ staff: { staffId }, body }) =>
        presentAuthorisation(await recordPaper(room, body, `staff:${staffId}`), room),
    ),
    route(
      'POST',
      '/api/staff/authorisations/:id/revoke',
      { ...staff, params, body: RevokeRequest, answer: AuthorisationView },
      async ({ staff: { staffId }, params: { id }, body }) =>
        presentAuthorisation(
          await revokeAuthorisation(room, id, { by: `staff:${staffId}`, mine: null, why: body.reason }),
          room,
        ),
    ),
    route(
      'GET',
      '/api/staff/firm-agents',
      { ...decide, limit: 'read', may: can('bookings.read'), answer: AgentList },
      ({ staff: { staffId } }) => listAgents(staffId),
    ),
    route(
      'POST',
      '/api/staff/firm-agents',
      { ...staff, body: AgentRequest, answer: AgentRow },
      async ({ staff: { staffId }, body }) => one(await proposeAgent(room, body, staffId), staffId),
    ),
    route(
      'POST',
      '/api/staff/firm-agents/:id/remove',
      { ...staff, params, body: RevokeRequest, answer: AgentRow },
      async ({ staff: { staffId }, params: { id }, body }) =>
        one(await proposeRemoval(room, id, body.reason, staffId), staffId),
    ),
    route(
      'POST',
      '/api/staff/firm-agents/:id/decide',
      { ...decide, params, body: AgentDecision, answer: AgentRow },
      async ({ staff: { staffId }, params: { id }, body }) =>
        one(await decideAgent(room, id, body, staffId), staffId),
    ),
  ];
}

const one = async (agent: Parameters<typeof presentAgents>[0][number], staffId: string): Promise<AgentRow> =>
  (await presentAgents([agent], staffId))[0]!;
