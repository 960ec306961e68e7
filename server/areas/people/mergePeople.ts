import { inTransaction } from '../../kernel/database.ts';
import { PersonModel, type StoredPerson } from './model.ts';
import { openIdentity, sealIdentity } from './personalData.ts';
import { survivorOf } from './rules.ts';
import { moveSessions } from './sessions.ts';

/**
 * Two records turn out to be one WeChat user: the survivor takes the openids, the sessions and what it lacks; the other
 * keeps its id and points to it, so that what was written under that id is still found. Idempotent; answers the survivor's id.
 */
export function mergePeople(oneId: string, otherId: string): Promise<string> {
  return inTransaction(async (session) => {
    const found = await PersonModel.find({ _id: { $in: [oneId, otherId] } })
      .session(session)
      .lean<StoredPerson[]>();
    const [one, other] = found;
    if (!one || !other || one.mergedInto || other.mergedInto) return one?.mergedInto ?? oneId;
    const [survivor, merged] = survivorOf(one, other);
    await PersonModel.updateOne(
      { _id: merged._id },
      {
        $set: {
          unionid: null,
          officialAccountOpenid: null,
          miniProgramOpenid: null,
          identity: null,
          enterprise: null,
          level: 0,
          mergedInto: survivor._id,
        },
      },
      { session },
    );
    const identity = survivor.identity ?? moved(merged, survivor._id);
    await PersonModel.updateOne(
      { _id: survivor._id },
      {
        $set: {
          unionid: survivor.unionid ?? merged.unionid,
          officialAccountOpenid: survivor.officialAccountOpenid ?? merged.officialAccountOpenid,
          miniProgramOpenid: survivor.miniProgramOpenid ?? merged.miniProgramOpenid,
          follower: survivor.follower || merged.follower,
          seniorMode: survivor.seniorMode || merged.seniorMode,
          identity,
          level: survivor.identity ? survivor.level : merged.level,
          enterprise: survivor.enterprise ?? merged.enterprise,
          formerCode: survivor.formerCode ?? merged.formerCode,
        },
      },
      { session },
    );
    await moveSessions(merged._id, survivor._id, session);
    return survivor._id;
  });
}

/** Sealed fields know whose they are, so they are sealed anew for the survivor. */
function moved(from: StoredPerson, to: string): StoredPerson['identity'] {
  return from.identity && sealIdentity(to, openIdentity(from._id, from.identity), from.identity);
}
