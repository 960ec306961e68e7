import { HallError } from '../../kernel/http/hallError.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import type { Served } from '../booking/model.ts';
import {
  type AuthorisationList,
  type AuthorisationState,
  type AuthorisationView,
  proxiesErrors,
} from './contract.ts';
import { type Authorisation, authorisations, firmAgents } from './model.ts';
import type { ProxiesRoom } from './room.ts';

const labels: Readonly<Record<AuthorisationState, string>> = {
  asked: '等待对方确认',
  active: '有效',
  ended: '已到期',
  revoked: '已解除',
};

export function presentAuthorisation(
  each: Authorisation,
  room: Pick<ProxiesRoom, 'clock'>,
): AuthorisationView {
  const over = each.validUntil < localDayOf(room.clock.now());
  const state = each.state === 'active' && over ? 'ended' : each.state;
  return {
    id: each._id,
    kind: each.kind,
    state,
    stateLabel: labels[state],
    agent: each.agentName,
    principal: each.principalName,
    matters: each.matters.map(({ id, name }) => ({ id, name })),
    validUntil: each.validUntil,
    paperNumber: each.paperNumber,
    createdAt: each.createdAt.toISOString(),
  };
}

/** All of a person's, newest first; questions whose code has run out are left out. */
export async function listAuthorisations(room: ProxiesRoom, personId: string): Promise<AuthorisationList> {
  const now = room.clock.now();
  const [rows, firms] = await Promise.all([
    authorisations()
      .find({
        $and: [
          { $or: [{ agentId: personId }, { principalId: personId }] },
          { $or: [{ state: { $ne: 'asked' } }, { codeUntil: { $gt: now } }] },
        ],
      })
      .sort({ _id: -1 })
      .limit(50)
      .toArray(),
    firmAgents()
      .find({ personId, state: { $in: ['active', 'removalProposed'] } })
      .toArray(),
  ]);
  const show = (each: Authorisation): AuthorisationView => presentAuthorisation(each, room);
  return {
    held: rows.filter((each) => each.agentId === personId).map(show),
    given: rows.filter((each) => each.principalId === personId).map(show),
    firms: firms.map((each) => ({ id: each._id, name: each.firmName })),
    longestDays: room.rules.longestDays,
  };
}

/** Paper authorisations for staff, newest first; by number where one is asked for. */
export const listPapers = (q: string | undefined): Promise<Authorisation[]> =>
  authorisations()
    .find({ kind: 'paper', ...(q && { paperNumber: q.trim() }) })
    .sort({ _id: -1 })
    .limit(100)
    .toArray();

/**
 * Ends an authorisation: by either of the two, or by staff. Visits that are booked stay; both may cancel them.
 * `mine`: null for staff. Error: 404 proxies.unknown.
 */
export async function revokeAuthorisation(
  room: ProxiesRoom,
  id: string,
  { by, mine, why }: { readonly by: string; readonly mine: string | null; readonly why: string | null },
): Promise<Authorisation> {
  const whose = mine === null ? {} : { $or: [{ agentId: mine }, { principalId: mine }] };
  const after = await authorisations().findOneAndUpdate(
    { _id: id, ...whose, state: { $in: ['asked', 'active'] } },
    {
      $set: { state: 'revoked', codeHash: null },
      $push: { history: { at: room.clock.now(), by, event: 'revoke', why } },
    },
    { returnDocument: 'after' },
  );
  if (after) return after;
  const there = await authorisations().findOne({ _id: id, ...whose });
  if (!there) throw new HallError(proxiesErrors.unknown);
  return there;
}

/** For whom a person may book by an authorisation, or as an agent of a firm. Error: 403 proxies.not_reaching. */
export async function servedFor(
  room: ProxiesRoom,
  personId: string,
  id: string,
  matterIds: readonly string[],
): Promise<Served> {
  const found = await authorisations().findOne({
    _id: id,
    agentId: personId,
    state: 'active',
    validUntil: { $gte: localDayOf(room.clock.now()) },
  });
  const scope = found?.matters.map((each) => each.id) ?? [];
  if (found?.principalId && (scope.length === 0 || matterIds.every((each) => scope.includes(each)))) {
    const name = found.principalName ?? '';
    return { kind: 'person', id: found.principalId, name, authorisationId: id };
  }
  const agent = await firmAgents().findOne({
    _id: id,
    personId,
    state: { $in: ['active', 'removalProposed'] },
  });
  if (!agent) throw new HallError(proxiesErrors.notReaching);
  return { kind: 'enterprise', id: `firm:${agent.firmCode}`, name: agent.firmName, authorisationId: id };
}
