import { dropFile } from '../../kernel/fileStore/fileStore.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import type { Job } from '../../kernel/jobs.ts';
import { files } from './model.ts';
import type { FilesRoom } from './room.ts';
import { scanFile } from './upload.ts';

export const attachmentsJobs = (room: FilesRoom): readonly Job[] => [
  { name: 'attachments.scanQuarantine', schedule: '* * * * *', run: () => scanQuarantine(room) },
  { name: 'attachments.dropUnfinished', schedule: '17 3 * * *', run: () => dropUnfinished(room) },
];

/** Files that were kept while the scanner was away. */
export async function scanQuarantine(room: FilesRoom): Promise<void> {
  for await (const file of files().find({ state: 'scanning' }).sort({ begunAt: 1 }).limit(200)) {
    await scanFile(room, file, null).catch((error: unknown) => {
      if (!(error instanceof HallError)) throw error; // infected: it is gone
    });
  }
}

/** Uploads that nobody finished within a day (24 h: `government-systems` retention). */
export async function dropUnfinished(room: FilesRoom): Promise<void> {
  const before = new Date(room.clock.wall().getTime() - 24 * 3_600_000);
  for await (const { _id } of files().find({ state: 'uploading', begunAt: { $lt: before } })) {
    await dropFile(_id);
    await files().deleteOne({ _id, state: 'uploading' });
  }
}
