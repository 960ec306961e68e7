import { createHmac } from 'node:crypto';
import { addKiosk } from './kiosk.ts';

/** The token of the demo's ticket machine in a hall: derived, so that a page can be opened without asking. Demo only. */
export const demoKioskToken = (hallId: string, secret: string): string =>
  createHmac('sha256', secret).update(`demo kiosk ${hallId}`).digest('base64url');

/** A ticket machine for the district hall and each town centre named. Repeatable. */
export async function seedQueue(hallIds: readonly string[], secret: string): Promise<void> {
  for (const hallId of hallIds) await addKiosk(hallId, '一号取号机', demoKioskToken(hallId, secret));
}
