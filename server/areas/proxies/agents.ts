import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { isCreditCode } from '../../kernel/identifiers/creditCode.ts';
import { newId } from '../../kernel/ids.ts';
import { staffNames } from '../staff/findStaff.ts';
import { agentLabels, decisions, eventLabels, isListed } from './agentStates.ts';
import { type AgentList, type AgentRow, proxiesErrors } from './contract.ts';
import { type FirmAgent, firmAgents } from './model.ts';
import type { ProxiesRoom } from './room.ts';

/** Proposes a person for the list of an enterprise. Errors: bad_firm_code, no_account, agent_known. */
export async function proposeAgent(
  room: ProxiesRoom,
  asked: {
    readonly phone: string;
    readonly firmName: string;
    readonly firmCode: string;
    readonly reason: string;
  },
  staffId: string,
): Promise<FirmAgent> {
  if (!isCreditCode(asked.firmCode)) throw new HallError(proxiesErrors.badFirmCode);
  const person = await room.findByPhone(asked.phone);
  if (!person || person.level === 0) throw new HallError(proxiesErrors.noAccount);
  const agent: FirmAgent = {
    _id: newId(),
    personId: person.id,
    personName: person.displayName,
    phone: person.phoneMasked,
    firmName: asked.firmName,
    firmCode: asked.firmCode,
    state: 'proposed',
    open: true,
    reason: asked.reason,
    proposedBy: staffId,
    history: [{ at: room.clock.now(), by: `staff:${staffId}`, event: 'propose', why: asked.reason }],
  };
  try {
    await firmAgents().insertOne(agent);
  } catch (error) {
    if (isDuplicateKey(error)) throw new HallError(proxiesErrors.agentKnown);
    throw error;
  }
  return agent;
}

/** Proposes to take somebody off the list. Errors: agent_unknown, agent_changed. */
export async function proposeRemoval(
  room: ProxiesRoom,
  id: string,
  reason: string,
  staffId: string,
): Promise<FirmAgent> {
  return change(id, ['active'], {
    $set: { state: 'removalProposed', reason, proposedBy: staffId },
    $push: {
      history: { at: room.clock.now(), by: `staff:${staffId}`, event: 'proposeRemoval', why: reason },
    },
  });
}

/** A second person decides; never the one who proposed (I10). Errors: agent_unknown, agent_changed, own_proposal. */
export async function decideAgent(
  room: ProxiesRoom,
  id: string,
  { agree, why }: { readonly agree: boolean; readonly why: string },
  staffId: string,
): Promise<FirmAgent> {
  const agent = await firmAgents().findOne({ _id: id });
  if (!agent) throw new HallError(proxiesErrors.agentUnknown);
  const next = decisions[agent.state];
  if (!next) throw new HallError(proxiesErrors.agentChanged);
  if (agent.proposedBy === staffId) throw new HallError(proxiesErrors.ownProposal);
  const state = agree ? next.agree : next.refuse;
  return change(
    id,
    [agent.state],
    {
      $set: { state, open: isListed(state) },
      $push: {
        history: {
          ...{ at: room.clock.now(), by: `staff:${staffId}` },
          ...{ event: agree ? 'agree' : 'refuse', why: why || null },
        },
      },
    },
    staffId,
  );
}

async function change(
  id: string,
  from: readonly FirmAgent['state'][],
  update: Parameters<ReturnType<typeof firmAgents>['findOneAndUpdate']>[1],
  notProposedBy?: string,
): Promise<FirmAgent> {
  const after = await firmAgents().findOneAndUpdate(
    { _id: id, state: { $in: [...from] }, ...(notProposedBy && { proposedBy: { $ne: notProposedBy } }) },
    update,
    { returnDocument: 'after' },
  );
  if (after) return after;
  throw new HallError(
    (await firmAgents().findOne({ _id: id })) ? proxiesErrors.agentChanged : proxiesErrors.agentUnknown,
  );
}

/** What waits for a decision first, then the list, then what is over. */
export async function listAgents(staffId: string): Promise<AgentList> {
  const rows = await firmAgents().find({}).sort({ _id: -1 }).limit(500).toArray();
  const order = ['proposed', 'removalProposed', 'active', 'removed', 'refused'];
  const sorted = rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return { agents: await presentAgents(sorted, staffId) };
}

export async function presentAgents(rows: readonly FirmAgent[], staffId: string): Promise<AgentRow[]> {
  const ids = rows.flatMap((each) => each.history.map(({ by }) => by.replace('staff:', '')));
  const names = await staffNames([...new Set(ids)]);
  const nameOf = (by: string): string => names.get(by.replace('staff:', '')) ?? '（已离职）';
  return rows.map((each) => ({
    id: each._id,
    person: each.personName,
    phone: each.phone,
    firm: { name: each.firmName, code: each.firmCode },
    state: each.state,
    stateLabel: agentLabels[each.state],
    reason: each.reason,
    proposedBy: nameOf(each.proposedBy),
    ownProposal: each.proposedBy === staffId,
    history: each.history.map(({ at, by, event, why }) => ({
      at: at.toISOString(),
      who: nameOf(by),
      what: eventLabels[event] ?? event,
      why,
    })),
  }));
}
