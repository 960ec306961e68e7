import { createHmac } from 'node:crypto';
import { inTransaction, isDuplicateKey } from '../../kernel/database.ts';
import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import { newDigits, newId } from '../../kernel/ids.ts';
import { addDays, localDayOf } from '../../kernel/localDay.ts';
import { proxiesErrors } from './contract.ts';
import { countOneMore } from './countAgent.ts';
import { type Authorisation, authorisations } from './model.ts';
import type { ProxiesRoom } from './room.ts';

const hashOf = (code: string, secret: string): string =>
  createHmac('sha256', secret).update(`authorisation ${code}`).digest('hex');

/**
 * Asks somebody, whoever it is, to let this person book for them. Nothing about the other is typed in: they confirm with
 * the code in their own mini-program, and are known by their own sign-in. Error: 409 proxies.too_many.
 */
export async function askAuthorisation(
  room: ProxiesRoom,
  agentId: string,
  asked: { readonly days: number; readonly matters: readonly string[] },
): Promise<{ authorisation: Authorisation; code: string }> {
  const now = room.clock.now();
  const agent = await room.findPerson(agentId);
  if (!agent) throw new HallError(hallErrors.forbidden);
  if (asked.days > room.rules.longestDays) throw new HallError(proxiesErrors.badDay);
  const matters = await namesOf(room, asked.matters);
  // What was asked before and never confirmed is forgotten: one open question at a time.
  await authorisations().deleteMany({ agentId, state: 'asked' });
  for (let attempt = 0; attempt < 5; attempt++) {
    const code = newDigits(8);
    const authorisation: Authorisation = {
      _id: newId(),
      kind: 'code',
      state: 'asked',
      agentId,
      agentName: agent.displayName,
      principalId: null,
      principalName: null,
      matters,
      validUntil: addDays(localDayOf(now), asked.days),
      codeHash: hashOf(code, room.secret),
      codeUntil: new Date(now.getTime() + room.rules.codeMinutes * 60_000),
      paperNumber: null,
      createdAt: now,
      history: [{ at: now, by: agentId, event: 'ask', why: null }],
    };
    try {
      await authorisations().insertOne(authorisation);
      return { authorisation, code };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  throw new HallError(hallErrors.busy);
}

export async function namesOf(room: ProxiesRoom, ids: readonly string[]): Promise<Authorisation['matters']> {
  const found = await Promise.all(ids.map(room.findMatter));
  return found.flatMap((each) => (each ? [{ id: each.id, name: each.name }] : []));
}

/** Whose question a code is, for the one who is to confirm it. Errors: 404 proxies.code_unknown, 409 proxies.yourself. */
export async function lookAtCode(room: ProxiesRoom, personId: string, code: string): Promise<Authorisation> {
  const found = await authorisations().findOne({
    codeHash: hashOf(code, room.secret),
    state: 'asked',
    codeUntil: { $gt: room.clock.now() },
  });
  if (!found) throw new HallError(proxiesErrors.codeUnknown);
  if (found.agentId === personId) throw new HallError(proxiesErrors.yourself);
  return found;
}

/** The other says yes, once. Errors: those of `lookAtCode`, 409 proxies.too_many. */
export async function confirmCode(room: ProxiesRoom, personId: string, code: string): Promise<Authorisation> {
  const asked = await lookAtCode(room, personId, code);
  const principal = await room.findPerson(personId);
  if (!principal) throw new HallError(hallErrors.forbidden);
  const now = room.clock.now();
  const confirmed = await inTransaction(async (session) => {
    if (!(await countOneMore(room, asked.agentId, session))) return 'tooMany' as const;
    return authorisations().findOneAndUpdate(
      { _id: asked._id, state: 'asked', codeHash: asked.codeHash },
      {
        $set: {
          ...{ state: 'active', codeHash: null, codeUntil: null },
          ...{ principalId: personId, principalName: principal.displayName },
        },
        $push: { history: { at: now, by: personId, event: 'confirm', why: null } },
      },
      { session, returnDocument: 'after' },
    );
  });
  if (confirmed === 'tooMany') throw new HallError(proxiesErrors.tooMany);
  if (!confirmed) throw new HallError(proxiesErrors.codeUnknown);
  return confirmed;
}
