import type { IncomingMessage } from 'node:http';
import { fileTypeFromBuffer } from 'file-type';
import mongoose, { Schema } from 'mongoose';
import { HallError } from '../../kernel/http/hallError.ts';
import { newId } from '../../kernel/ids.ts';
import type { OfficialAccount, UploadedFile } from '../../wechat/official-account/port.ts';
import { picturePath } from './articleHtml.ts';
import { broadcastsErrors, type PictureView } from './contract.ts';

const bytesLimit = 2 * 1024 * 1024;
/** WeChat's limit of a picture within an article (`media/uploadimg`). */
export const insideLimit = 1024 * 1024;

interface StoredPicture {
  readonly _id: string;
  readonly type: UploadedFile['type'];
  readonly size: number;
  readonly bytes: Buffer;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** As WeChat keeps it, once it does. */
  readonly mediaId: string | null;
  /** WeChat's address of it within articles. */
  readonly address: string | null;
}
const pictureSchema = new Schema<StoredPicture>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    size: { type: Number, required: true },
    bytes: { type: Buffer, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    mediaId: { type: String, default: null },
    address: { type: String, default: null },
  } as never,
  { collection: 'broadcastPictures', versionKey: false },
);
const PictureModel = mongoose.model('BroadcastPicture', pictureSchema);

/**
 * Keeps an uploaded picture. What it is, its bytes say, not its name. Only `application/octet-stream` is taken, as for
 * lists. Errors: `picture_unfit`.
 */
export async function keepUpload(
  request: IncomingMessage,
  contentType: string,
  staffId: string,
  now: Date,
): Promise<PictureView> {
  const unfit = new HallError(broadcastsErrors.pictureUnfit);
  if (!contentType.startsWith('application/octet-stream')) throw unfit;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesLimit) throw unfit;
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const type = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  if (type !== 'image/jpeg' && type !== 'image/png') throw unfit;
  const picture: StoredPicture = {
    ...{ _id: newId(), type, size, bytes, createdBy: staffId, createdAt: now },
    mediaId: null,
    address: null,
  };
  await PictureModel.create([picture]);
  return { id: picture._id, url: picturePath(picture._id), type, bytes: size };
}

/** Errors: `picture_not_found`. */
export async function findPicture(id: string): Promise<UploadedFile> {
  const found = await PictureModel.findById(id);
  if (!found) throw new HallError(broadcastsErrors.pictureNotFound);
  return { bytes: found.bytes, type: found.type };
}

/** Sizes of those that exist, without reading the pictures. */
export async function sizesOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = await PictureModel.find({ _id: { $in: ids } }, { size: 1 }).lean<
    { _id: string; size: number }[]
  >();
  return new Map(found.map(({ _id, size }) => [_id, size]));
}

/** WeChat's id of a kept picture. It is given to WeChat once, however often it is shown or sent. */
export async function mediaIdOf(account: OfficialAccount, id: string): Promise<string> {
  const known = await PictureModel.findById(id, { mediaId: 1 }).lean<Pick<StoredPicture, 'mediaId'>>();
  if (known?.mediaId) return known.mediaId;
  const { mediaId } = await account.keepPicture(await findPicture(id));
  await PictureModel.updateOne({ _id: id }, { $set: { mediaId } });
  return mediaId;
}

/** WeChat's address of a picture within an article. */
export async function addressOf(account: OfficialAccount, id: string): Promise<string> {
  const known = await PictureModel.findById(id, { address: 1 }).lean<Pick<StoredPicture, 'address'>>();
  if (known?.address) return known.address;
  const address = await account.uploadArticlePicture(await findPicture(id));
  await PictureModel.updateOne({ _id: id }, { $set: { address } });
  return address;
}
