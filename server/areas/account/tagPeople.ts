import { HallError } from '../../kernel/http/hallError.ts';
import { WechatError } from '../../wechat/official-account/errors.ts';
import type { Tag } from '../../wechat/official-account/port.ts';
import { accountErrors } from './contract.ts';
import type { AccountRoom } from './room.ts';

/** WeChat takes at most so many people a call. */
const batchSize = 50;

/** Runs a call about tags; what WeChat refuses becomes `account.tag_refused` with its code. */
export async function withTags<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    throw new HallError(accountErrors.tagRefused, { details: { code: error.errcode } });
  }
}

/** WeChat counts a tag's name in bytes: 30. */
export async function createTag(room: AccountRoom, name: string): Promise<Tag> {
  if (Buffer.byteLength(name) > 30)
    throw new HallError(accountErrors.tagRefused, { message: '标签名最多 10 个汉字。' });
  return withTags(() => room.account.createTag(name));
}

/** Gives people a tag, or takes it away; those who do not follow cannot have one. */
export async function tagPeople(
  room: AccountRoom,
  tagId: number,
  personIds: readonly string[],
  tagged: boolean,
): Promise<{ tagged: number; notFollowing: number }> {
  const people = await room.findPeople(personIds);
  const openids = people.flatMap(({ openids: { officialAccount } }) =>
    officialAccount ? [officialAccount] : [],
  );
  for (let i = 0; i < openids.length; i += batchSize) {
    const batch = openids.slice(i, i + batchSize);
    await withTags(() =>
      tagged ? room.account.tagPeople(tagId, batch) : room.account.untagPeople(tagId, batch),
    );
  }
  return { tagged: openids.length, notFollowing: personIds.length - openids.length };
}
