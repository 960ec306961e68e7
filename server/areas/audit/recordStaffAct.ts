import type { Clock } from '../../kernel/clock.ts';
import { recordAudit } from './recordAudit.ts';

interface StaffAct {
  readonly staffId: string;
  readonly route: string;
  readonly subjectId: string | null;
  readonly refusedBy: string | null;
  readonly requestId: string;
}

/** These write their own row, with more to say, when they are done. */
const tellThemselves = /\/api\/staff\/(accounts|me)\b/;

/** Makes a row of every act of staff that changes something, by its route: `POST /api/staff/broadcasts/:id/approve`. */
export const staffActRecorder =
  (clock: Clock) =>
  async ({ staffId, route, subjectId, refusedBy, requestId }: StaffAct): Promise<void> => {
    if (refusedBy === null && tellThemselves.test(route)) return;
    const kind = /\/api\/staff\/([\w-]+)/.exec(route)?.[1] ?? 'unknown';
    await recordAudit({
      at: clock.now(),
      actor: { kind: 'staff', id: staffId },
      act: route,
      subject: subjectId === null ? null : { kind, id: subjectId },
      result: refusedBy === null ? 'ok' : 'refused',
      facts: refusedBy === null ? {} : { error: refusedBy },
      requestId,
    });
  };
