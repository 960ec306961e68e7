import { readFileSync } from 'node:fs';
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { ReplyInput, type ReplyTrigger } from './contract.ts';

/** Something the account says by itself, edited in the console. */
export interface Reply {
  readonly _id: string;
  readonly title: string;
  readonly trigger: ReplyTrigger;
  readonly text: string;
  readonly enabled: boolean;
  readonly version: number;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

const replySchema = new Schema<Reply>(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    trigger: { type: Object, required: true },
    text: { type: String, required: true },
    enabled: { type: Boolean, required: true },
    version: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
  } as never,
  { collection: 'accountReplies', minimize: false, versionKey: false },
);
export const ReplyModel = mongoose.model('AccountReply', replySchema);

const file = new URL('../../../cloud-config/replies.json', import.meta.url);
const ReplyFile = z.strictObject({
  version: z.literal(1),
  replies: z.array(ReplyInput.extend({ id: z.string() })),
});

/** Loads the replies of `cloud-config/replies.json` that are not there yet; what staff changed stays. */
export async function seedReplies(now: Date): Promise<void> {
  const { replies } = ReplyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  await ReplyModel.bulkWrite(
    replies.map(({ id, ...reply }) => ({
      updateOne: {
        filter: { _id: id },
        update: { $setOnInsert: { ...reply, version: 1, updatedAt: now, updatedBy: '初始配置' } as never },
        upsert: true,
      },
    })),
  );
}
