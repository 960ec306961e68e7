import { inTransaction, isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { maskName } from '../../kernel/identifiers/personName.ts';
import { isResidentId, normaliseId } from '../../kernel/identifiers/residentId.ts';
import { newId } from '../../kernel/ids.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { namesOf } from './askAuthorisation.ts';
import { proxiesErrors } from './contract.ts';
import { countOneMore } from './countAgent.ts';
import { type Authorisation, authorisations } from './model.ts';
import type { ProxiesRoom } from './room.ts';

export interface Paper {
  readonly paperNumber: string;
  readonly agentIdNumber: string;
  readonly principalName: string;
  readonly principalIdNumber: string;
  readonly validUntil: string;
  readonly matters: readonly string[];
}

/**
 * Writes down an authorisation on paper, for somebody who has no phone to confirm with. The identity numbers find the
 * people and are kept nowhere: who has no account is known by the blind index.
 * Errors: proxies.bad_id_number, bad_day, no_account, yourself, too_many, paper_known.
 */
export async function recordPaper(room: ProxiesRoom, paper: Paper, by: string): Promise<Authorisation> {
  const now = room.clock.now();
  const today = localDayOf(now);
  const [agentNumber, principalNumber] = [paper.agentIdNumber, paper.principalIdNumber].map(normaliseId) as [
    string,
    string,
  ];
  if (!isResidentId(agentNumber, today) || !isResidentId(principalNumber, today)) {
    throw new HallError(proxiesErrors.badIdNumber);
  }
  if (agentNumber === principalNumber) throw new HallError(proxiesErrors.yourself);
  if (paper.validUntil < today || paper.validUntil > addDays(today, room.rules.longestDays)) {
    throw new HallError(proxiesErrors.badDay);
  }
  const agent = await room.findByIdNumber(agentNumber);
  if (!agent) throw new HallError(proxiesErrors.noAccount);
  const principal = await room.findByIdNumber(principalNumber);
  const matters = await namesOf(room, paper.matters);
  const made: Authorisation = {
    _id: newId(),
    kind: 'paper',
    state: 'active',
    agentId: agent.id,
    agentName: agent.displayName,
    principalId: principal?.id ?? `id:${room.indexOf(principalNumber)}`,
    principalName: maskName(paper.principalName),
    matters,
    validUntil: paper.validUntil,
    codeHash: null,
    codeUntil: null,
    paperNumber: paper.paperNumber,
    createdAt: now,
    history: [{ at: now, by, event: 'record', why: paper.paperNumber }],
  };
  try {
    const counted = await inTransaction(async (session) => {
      if (!(await countOneMore(room, agent.id, session))) return false;
      await authorisations().insertOne(made, { session });
      return true;
    });
    if (!counted) throw new HallError(proxiesErrors.tooMany);
  } catch (error) {
    if (isDuplicateKey(error)) throw new HallError(proxiesErrors.paperKnown);
    throw error;
  }
  return made;
}
