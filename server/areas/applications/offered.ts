import { GovernmentError } from '../../government/kit/governmentError.ts';
import type { ApplicationsRoom } from './room.ts';

const keptMs = 60_000;

/** Whether a matter can be applied for here; asked with every guide, so the list of 综合受理 is believed for a minute. */
export function offeredMatters(room: ApplicationsRoom): (matterCode: string) => Promise<boolean> {
  let known: { readonly at: number; readonly codes: ReadonlySet<string> } | null = null;
  return async (matterCode) => {
    if (!room.accept) return false;
    const now = room.clock.monotonic();
    if (!known || now - known.at > keptMs || now < known.at) {
      try {
        const { forms } = await room.accept.forms();
        known = { at: now, codes: new Set(forms.map((form) => form.matterCode)) };
      } catch (error) {
        if (!(error instanceof GovernmentError)) throw error;
        known = { at: now, codes: known?.codes ?? new Set() };
      }
    }
    return known.codes.has(matterCode);
  };
}
