import type { Actor } from '../../government/kit/systemGate.ts';
import type { CaseEvent } from '../../government/progress/caseEvent.ts';
import { inTransaction } from '../../kernel/database.ts';
import { deriveCase, type KnownEvent } from './deriveCase.ts';
import { eventsOf, recordEvents } from './events.ts';
import { cases, type StoredCase } from './model.ts';
import type { ApplicationsRoom } from './room.ts';
import { queueSend } from './sends.ts';
import { wakeSends } from './wake.ts';

/** The step is no edge of the case's graph now, or a special procedure longer than the law lets. */
export class StepRefused extends Error {}

/**
 * A step that somebody in the house takes (a window, or a clock of ours): part of the case here, and told to 综合受理 through
 * the outbox. `event.key` makes it repeatable. Throws StepRefused where the graph has no such edge from the state it is in.
 */
export async function recordStep(
  room: ApplicationsRoom,
  caseId: string,
  event: CaseEvent,
  by: { readonly label: string; readonly actor: Actor },
): Promise<StoredCase> {
  const before = await eventsOf(caseId);
  const known = before.some((each) => each.key === event.key && each.version === event.version);
  if (!known) {
    // A step is taken now: it may not claim to be earlier than what is known.
    const latest = Math.max(0, ...before.map((each) => each.at.getTime()));
    if (event.at.getTime() < latest) throw new StepRefused('something later is already known');
    const after = deriveCase([...before, event as KnownEvent]);
    const implied = after.steps.some((step) => step.key === event.key && step.implied);
    if (after.doubts.includes(event.key) || implied) throw new StepRefused(`not possible now: ${event.step}`);
  }
  await recordEvents(room, caseId, [event], by.label);
  await inTransaction(async (session) => {
    await queueSend(
      room,
      { caseId, kind: 'report', act: `${event.key}/${event.version}`, payload: { event, actor: by.actor } },
      session,
    );
  });
  wakeSends();
  return (await cases().findOne({ _id: caseId }))!;
}
