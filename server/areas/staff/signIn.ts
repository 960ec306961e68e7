import type { Clock } from '../../kernel/clock.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { recordAudit } from '../audit/recordAudit.ts';
import { staffErrors } from './contract.ts';
import { staffOf } from './findStaff.ts';
import { type Staff, StaffModel, type StoredStaff } from './model.ts';
import { passwordFits } from './password.ts';
import { normaliseUsername } from './rules.ts';
import { endSession, startSession } from './sessions.ts';
import { forgetAttempts, lockAfterFailures, takeAttempt } from './signInAttempts.ts';

export interface SignInRequest {
  readonly username: string;
  readonly password: string;
  /** The session the browser still holds: it ends, so that an id planted before sign-in is worth nothing after. */
  readonly oldSecret: string | undefined;
  readonly requestId: string;
}

/**
 * Checks name and password and starts a session.
 * Errors: staff.wrong_password (the same for an unknown, a disabled and a known name), staff.locked.
 */
export async function signIn(
  request: SignInRequest,
  room: { readonly clock: Clock; readonly idleMs: number },
): Promise<{ staff: Staff; secret: string }> {
  const { clock, idleMs } = room;
  const { requestId } = request;
  const username = normaliseUsername(request.username);
  const now = clock.wall();
  const found = await StaffModel.findOne({ username }).lean<StoredStaff>();
  const audit = (act: string, result: 'ok' | 'refused', facts = {}): Promise<void> =>
    recordAudit({
      at: clock.now(),
      actor: { kind: 'staff', id: found?._id ?? null },
      act,
      result,
      facts,
      requestId,
    });

  if (!(await takeAttempt(username, now))) {
    await audit('staff.signInRefused', 'refused', { error: staffErrors.locked.id });
    throw new HallError(staffErrors.locked);
  }
  const usable = found && !found.disabled ? found : null;
  if (!(await passwordFits(usable?.passwordHash ?? null, request.password)) || !usable) {
    const locked = await lockAfterFailures(username, now);
    await audit('staff.signInRefused', 'refused', { error: staffErrors.wrong.id });
    if (locked) await audit('staff.locked', 'ok');
    throw new HallError(locked ? staffErrors.locked : staffErrors.wrong);
  }
  await forgetAttempts(username);
  await endSession(request.oldSecret);
  const secret = await startSession(usable._id, clock, idleMs);
  await audit('staff.signedIn', 'ok');
  return { staff: staffOf(usable), secret };
}
