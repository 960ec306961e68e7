import { HallError } from '../../kernel/http/hallError.ts';
import type { Citizen } from '../../kernel/http/route.ts';
import { newSecret } from '../../kernel/ids.ts';
import { peopleErrors } from './contract.ts';
import { explainIdentity } from './identityFailure.ts';
import { IdentityTripModel } from './model.ts';
import type { PeopleRoom } from './room.ts';
import { isHallPage } from './rules.ts';
import { hashOf } from './sessions.ts';

const tripMs = 15 * 60_000;

/**
 * Begins a trip to the identity platform and answers the address to open. The platform promises no `state`, so ours is part
 * of the redirect address, which comes back byte for byte. Throws people.return_refused,
 * people.identity_down.
 */
export async function startIdentity(citizen: Citizen, returnTo: string, room: PeopleRoom): Promise<string> {
  if (!isHallPage(returnTo)) throw new HallError(peopleErrors.returnRefused);
  await room.identity.ensureReachable(citizen.personId).catch((error: unknown) => {
    throw explainIdentity(error);
  });
  const state = newSecret();
  const redirectUri = `${room.publicUrl}/api/identity/callback?state=${state}`;
  await IdentityTripModel.create([
    {
      _id: hashOf(state),
      personId: citizen.personId,
      channel: citizen.channel,
      redirectUri,
      returnTo,
      endsAt: new Date(room.clock.wall().getTime() + tripMs),
    },
  ]);
  return room.identity.authorizeAddress(redirectUri);
}
