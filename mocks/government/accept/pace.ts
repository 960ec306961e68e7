import type { FormShelf } from './forms.ts';
import type { Act } from './life.ts';
import type { AcceptCase } from './shapes.ts';

/** What takes days there takes longer here too, so that a window of the hall can act first. */
const slower = 6;

/** What the office would do next by itself; null: nothing, or it is not its turn. */
export function nextAct(
  found: AcceptCase,
  forms: FormShelf,
  now: Date,
  paceMs: number | undefined,
): Act | null {
  const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  if (found.stage === 'correction')
    return found.correctionUntil !== null && day > found.correctionUntil ? { act: 'expire' } : null;
  if (!paceMs || found.byHand) return null;
  const plan = forms.plan(found.taskCode);
  const waits = plan.atOnce ? paceMs : paceMs * slower;
  if (now.getTime() - Date.parse(found.lastActAt) < waits) return null;
  switch (found.stage) {
    case 'submitted':
      return plan.correction && found.supplements.length === 0
        ? { act: 'correction', ...plan.correction }
        : { act: 'preReview', verdict: '1' };
    case 'preReviewed':
      return { act: 'accept', verdict: '1' };
    case 'accepted':
      return plan.atOnce ? grant : { act: 'examine' };
    case 'examining':
      return found.examined < 3 ? { act: 'examine' } : grant;
    case 'closed':
      return found.documents.length > 0 && found.rows.at(-1)?.fields['BJJGDM'] === '0'
        ? { act: 'collect', way: found.delivery.way === '1' ? '1' : '0', ...tracking(found) }
        : null;
    default:
      return null;
  }
}

const grant: Act = { act: 'decide', verdict: '0' };

const tracking = (found: AcceptCase): { trackingNumber?: string } =>
  found.delivery.way === '1' ? { trackingNumber: `EMS${found.sblshShort.slice(-10)}CN` } : {};
