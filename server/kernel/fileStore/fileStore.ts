import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import mongoose from 'mongoose';

const bucket = () =>
  new mongoose.mongo.GridFSBucket(mongoose.connection.db!, {
    bucketName: 'files',
    writeConcern: { w: 'majority' },
  });

/** Keeps bytes under an id in GridFS. Writing the same id again replaces it, so that a broken attempt leaves nothing behind. */
export async function keepFile(id: string, bytes: Buffer): Promise<void> {
  await dropFile(id);
  await pipeline(Readable.from([bytes]), bucket().openUploadStreamWithId(id as never, id));
}

/** Throws where there is no such file. */
export const readFile = (id: string): Promise<Buffer> => buffer(bucket().openDownloadStream(id as never));

/** No complaint where there is none. Chunks of an attempt that broke off have no file entry, and go too. */
export async function dropFile(id: string): Promise<void> {
  const db = mongoose.connection.db!;
  await db.collection('files.files').deleteOne({ _id: id as never });
  await db.collection('files.chunks').deleteMany({ files_id: id });
}
