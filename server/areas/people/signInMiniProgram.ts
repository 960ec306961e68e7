import { type Person, personOf } from './findPerson.ts';
import { recognisePerson } from './recognisePerson.ts';
import type { PeopleRoom } from './room.ts';
import { startSession } from './sessions.ts';
import { explainWechat } from './wechatFailure.ts';

/**
 * Signs in with a `wx.login` code and answers the session's secret. `replaced` is the secret of the session it replaces.
 * Throws people.code_invalid, hall.too_many, hall.forbidden, people.wechat_down.
 */
export async function signInMiniProgram(
  code: string,
  replaced: string | undefined,
  room: PeopleRoom,
): Promise<{ token: string; person: Person }> {
  const user = await room.miniProgram.exchange(code).catch((error: unknown) => {
    throw explainWechat(error);
  });
  const person = await recognisePerson({ kind: 'miniProgram', ...user }, room.clock.now());
  const token = await startSession(person._id, 'weapp', room.clock, replaced);
  return { token, person: personOf(person) };
}
