import { addKiosk } from './kiosk.ts';

/** The token of the demo's ticket machine: open in a browser at /console/kiosk/district#token=… . Never in production. */
export const demoKioskToken = 'demo-kiosk-of-the-district-hall';

/** One ticket machine in the district hall, so that a walk-in ticket can be had at once. Safe to repeat. */
export async function seedKiosk(): Promise<void> {
  await addKiosk('district', 'B 区 1 号取号机', demoKioskToken);
}
