import { PersonModel } from './model.ts';

/** WeChat told us that this openid does or does not follow the official account. Strangers are not recorded. */
export async function setFollower(openid: string, follows: boolean): Promise<void> {
  await PersonModel.updateOne({ officialAccountOpenid: openid }, { $set: { follower: follows } });
}
