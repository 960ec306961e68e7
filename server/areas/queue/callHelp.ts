import { isDuplicateKey } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { newId } from '../../kernel/ids.ts';
import { newest } from '../booking/newest.ts';
import { staffWhoMay } from '../staff/staffWhoMay.ts';
import { readWindow } from './callNext.ts';
import { type HelpKind, type HelpView, queueErrors } from './contract.ts';
import { type HelpCall, helpCalls } from './helpModel.ts';
import type { QueueRoom } from './room.ts';

/**
 * A window calls for help: everybody who runs this hall sees it at once in their console. Pressed again while it is
 * open, it is the same call. Error: 404 queue.window_unknown.
 */
export async function callHelp(
  room: Pick<QueueRoom, 'clock'>,
  at: { readonly hallId: string; readonly number: string },
  kind: HelpKind,
  staff: Pick<StaffMember, 'staffId' | 'name'>,
): Promise<HelpCall> {
  const { hallId, number } = at;
  await readWindow(hallId, number);
  const told = (await staffWhoMay('queue.manage', hallId)).map((each) => each.name);
  const call: HelpCall = {
    _id: newId(),
    ...{ hallId, window: number, kind, state: 'open', by: staff.staffId, byName: staff.name },
    ...{ at: room.clock.now(), told, takenBy: null, takenByName: null, takenAt: null, overAt: null },
  };
  try {
    await helpCalls().insertOne(call);
    return call;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const open = await helpCalls().findOne({ hallId, window: number, state: { $ne: 'over' } }, newest());
  return open ?? callHelp(room, at, kind, staff); // it was over in this very moment: a new one
}

/** Calls that are not over, oldest first, of the halls somebody runs (none named: all). */
export const openHelp = (staff: Pick<StaffMember, 'hallIds'>): Promise<HelpCall[]> =>
  helpCalls()
    .find(
      {
        state: { $in: ['open', 'taken'] },
        ...(staff.hallIds.length > 0 && { hallId: { $in: [...staff.hallIds] } }),
      },
      newest(),
    )
    .sort({ at: 1 })
    .toArray();

/** Somebody goes there, or it is over. Errors: 404 queue.help_unknown, 409 queue.help_taken. */
export async function answerHelp(
  room: Pick<QueueRoom, 'clock'>,
  id: string,
  answer: 'take' | 'over',
  staff: Pick<StaffMember, 'staffId' | 'name' | 'hallIds'>,
): Promise<void> {
  const at = room.clock.now();
  const { staffId, name, hallIds } = staff;
  const mine = hallIds.length > 0 ? { hallId: { $in: [...hallIds] } } : {};
  const { matchedCount } =
    answer === 'take'
      ? await helpCalls().updateOne(
          { _id: id, state: 'open', ...mine },
          { $set: { state: 'taken', takenBy: staffId, takenByName: name, takenAt: at } },
        )
      : await helpCalls().updateOne(
          { _id: id, state: { $in: ['open', 'taken'] }, ...mine },
          { $set: { state: 'over', overAt: at } },
        );
  if (matchedCount === 1) return;
  const call = await helpCalls().findOne({ _id: id, ...mine }, newest());
  if (!call) throw new HallError(queueErrors.helpUnknown);
  if (call.state === 'over' || (answer === 'take' && call.takenBy === staffId)) return;
  throw new HallError(queueErrors.helpTaken, { message: `${call.takenByName} 已经在处理。` });
}

export const presentHelp = (call: HelpCall, hallName: string): HelpView => ({
  id: call._id,
  hall: { id: call.hallId, name: hallName },
  window: call.window,
  kind: call.kind,
  state: call.state,
  by: call.byName,
  at: call.at.toISOString(),
  told: [...call.told],
  takenBy: call.takenByName,
});
