import { HallError } from '../../kernel/http/hallError.ts';
import { giveBackChances, takeChances } from './chances.ts';
import { ratingsErrors } from './contract.ts';
import { type ServiceEvent, serviceEvents } from './model.ts';
import { lookUpOf } from './openRatingEvent.ts';
import type { RatingsRoom } from './room.ts';
import { plainNumber } from './rules.ts';

/**
 * A service by the applicant's name and its number. Each try takes one of a few chances of the caller, and of the number
 * (one number cannot be tried from many accounts); a fit gives both back. The answer does not tell which part was wrong.
 * Errors: 404 ratings.unknown, 429 ratings.too_many_misses.
 */
export async function findByNumber(
  room: RatingsRoom,
  caller: string,
  { name, number }: { readonly name: string; readonly number: string },
): Promise<ServiceEvent> {
  const chances = [`caller ${caller}`, `number ${room.cipher.index(plainNumber(number), 'ratings.number')}`];
  if (!(await takeChances(room.clock, room.rules.misses, chances))) {
    throw new HallError(ratingsErrors.tooManyMisses);
  }
  const found = await serviceEvents()
    .find({ lookUp: lookUpOf(room, name, number) })
    .sort({ finishedAt: -1 })
    .limit(1)
    .next();
  if (!found) throw new HallError(ratingsErrors.unknown);
  await giveBackChances(chances);
  return found;
}
