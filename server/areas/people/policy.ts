import { HallError, hallErrors } from '../../kernel/http/hallError.ts';
import type { Policy } from '../../kernel/http/route.ts';
import { wayTo } from './levels.ts';

/** Any signed-in citizen, real-named or not. */
export const signedIn: Policy<'citizen'> = () => {};

/**
 * The citizen's real-name level must be at least this: 1 to book or to sign a request to 12345, 2 to apply, to see cases
 * and payments, for proofs. Throws `hall.level_too_low` (403) with `needed` and `have`.
 */
export const requireLevel =
  (needed: 1 | 2 | 3): Policy<'citizen'> =>
  ({ citizen }) => {
    if (citizen.level >= needed) return;
    throw new HallError(hallErrors.levelTooLow, {
      message: needed === 1 || citizen.level === 0 ? hallErrors.levelTooLow.message : wayTo[needed]!,
      details: { needed, have: citizen.level },
    });
  };
