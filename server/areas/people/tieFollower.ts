import { isDuplicateKey } from '../../kernel/database.ts';
import { PersonModel } from './model.ts';

/**
 * WeChat says that the follower `openid` of the official account has this unionid: whoever of us has it, and is not known
 * to the account yet, is that follower. Strangers are not recorded.
 */
export async function tieFollower(openid: string, unionid: string): Promise<void> {
  try {
    await PersonModel.updateOne(
      { unionid, officialAccountOpenid: null },
      { $set: { officialAccountOpenid: openid, follower: true } },
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error; // the openid is another record's already; a sign-in merges the two
  }
}
