import { HallError } from '../../kernel/http/hallError.ts';
import type { Citizen } from '../../kernel/http/route.ts';
import { bindAccount } from './bindAccount.ts';
import { peopleErrors } from './contract.ts';
import { explainIdentity } from './identityFailure.ts';
import { IdentityTripModel, type StoredIdentityTrip } from './model.ts';
import type { PeopleRoom } from './room.ts';
import { hashOf } from './sessions.ts';

/**
 * Ends a trip to the identity platform: binds the account that came back, answers where to go. A trip ends once, so a code
 * that is replayed finds nothing. On h5 the browser must still be signed in as the person who began; the mini-program's
 * web view has no session of ours, there the state alone (15 minutes, once) says whose trip it is.
 * Throws people.state_invalid, people.identity_*.
 */
export async function finishIdentity(
  answer: { readonly code?: string | undefined; readonly state: string },
  citizen: Citizen | undefined,
  room: PeopleRoom,
): Promise<string> {
  const trip = await IdentityTripModel.findOneAndDelete({
    _id: hashOf(answer.state),
  }).lean<StoredIdentityTrip>();
  if (!trip || trip.endsAt <= room.clock.wall()) throw new HallError(peopleErrors.stateInvalid);
  if (trip.channel === 'h5' && citizen?.personId !== trip.personId)
    throw new HallError(peopleErrors.stateInvalid);
  if (answer.code === undefined) return trip.returnTo; // the person did not agree there, and knows it
  const account = await room.identity
    .exchange(answer.code, trip.redirectUri, trip.personId)
    .catch((error: unknown) => {
      throw explainIdentity(error);
    });
  await bindAccount(trip.personId, account, room.clock.now());
  return trip.returnTo;
}
