import mongoose, { Schema } from 'mongoose';
import { newDigits } from '../../kernel/ids.ts';
import type { OfficialAccount } from '../../wechat/official-account/port.ts';

/** A member of staff's own WeChat, to which test sends go. */
interface Receiver {
  /** staffId */
  readonly _id: string;
  readonly openid: string | null;
  readonly label: string;
  /** The scene of the QR code that ties a WeChat to this account. */
  readonly scene: string | null;
  readonly sceneUntil: Date | null;
}

const receiverSchema = new Schema<Receiver>(
  {
    _id: { type: String, required: true },
    openid: { type: String, default: null },
    label: { type: String, default: '本人微信' },
    scene: { type: String, default: null },
    sceneUntil: { type: Date, default: null },
  } as never,
  { collection: 'staffReceivers', versionKey: false },
);
receiverSchema.index({ scene: 1 }, { unique: true, partialFilterExpression: { scene: { $type: 'string' } } });
const ReceiverModel = mongoose.model('StaffReceiver', receiverSchema);

const validSeconds = 600;
export const receiverScenePrefix = 'staff_';

export async function findReceiver(staffId: string): Promise<{ openid: string; label: string } | null> {
  const found = await ReceiverModel.findById(staffId).lean<Receiver>();
  return found?.openid ? { openid: found.openid, label: found.label } : null;
}

/** A QR code (its content) that ties whoever scans it within ten minutes to this member of staff. */
export async function startBinding(
  account: OfficialAccount,
  staffId: string,
  wall: Date,
): Promise<{ url: string; validSeconds: number }> {
  const scene = `${receiverScenePrefix}${newDigits(16)}`;
  const { url } = await account.createQrCode(scene, validSeconds);
  const sceneUntil = new Date(wall.getTime() + validSeconds * 1000);
  await ReceiverModel.updateOne({ _id: staffId }, { $set: { scene, sceneUntil } }, { upsert: true });
  return { url, validSeconds };
}

/** Somebody scanned a QR code with this scene: true when it tied them to a member of staff. The code works once. */
export async function finishBinding(scene: string, openid: string, wall: Date): Promise<boolean> {
  const { modifiedCount } = await ReceiverModel.updateOne(
    { scene, sceneUntil: { $gt: wall } },
    { $set: { openid, label: '本人微信', scene: null, sceneUntil: null } },
  );
  return modifiedCount === 1;
}

/** For the demo: members of staff whose WeChat is known already. */
export async function seedReceivers(
  pairs: readonly { staffId: string; openid: string; label: string }[],
): Promise<void> {
  for (const { staffId, openid, label } of pairs) {
    await ReceiverModel.updateOne({ _id: staffId }, { $setOnInsert: { openid, label } }, { upsert: true });
  }
}
