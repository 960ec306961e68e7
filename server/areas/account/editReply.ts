import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import { accountErrors, type ReplyInput } from './contract.ts';
import { type Reply, ReplyModel } from './replyModel.ts';

export async function createReply(input: ReplyInput, by: string, now: Date): Promise<Reply> {
  const reply: Reply = { ...input, _id: newId(), version: 1, updatedAt: now, updatedBy: by };
  await ReplyModel.create([reply]);
  return reply;
}

/** Errors: `account.reply_not_found`, `account.changed`. */
export async function changeReply(
  id: string,
  { version, ...input }: ReplyInput & { version: number },
  by: string,
  now: Date,
): Promise<Reply> {
  const changed = await ReplyModel.findOneAndUpdate(
    { _id: id, version },
    { $set: { ...input, updatedAt: now, updatedBy: by }, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<Reply>();
  if (changed) return changed;
  const there = await ReplyModel.exists({ _id: id });
  throw new HallError(there ? accountErrors.changed : accountErrors.replyNotFound);
}

/** Errors: `account.reply_not_found`. */
export async function removeReply(id: string): Promise<void> {
  const { deletedCount } = await ReplyModel.deleteOne({ _id: id });
  if (deletedCount === 0) throw new HallError(accountErrors.replyNotFound);
}
