import { timingSafeEqual } from 'node:crypto';
import { hmacSm3 } from '../../kernel/crypto/sm.ts';
import { readFile } from '../../kernel/fileStore/fileStore.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { applicationsErrors as errors } from '../applications/contract.ts';
import { files, type StoredFile } from './model.ts';
import type { FilesRoom } from './room.ts';

const linkMs = 10 * 60_000;

const signOf = (room: FilesRoom, id: string, until: number): Buffer =>
  hmacSm3(room.secret, `attachments.link/${id}/${until}`);

/** Opens a clean file for ten minutes, for whoever has the link: pictures and PDFs are shown by parts that cannot sign in. */
export function linkTo(room: FilesRoom, file: StoredFile): string | null {
  if (file.state !== 'clean') return null;
  const until = room.clock.wall().getTime() + linkMs;
  return `/api/attachments/${file._id}/content?until=${until}&sign=${signOf(room, file._id, until).toString('base64url')}`;
}

/** Errors: `link_ended` (also for a forged one), `file_unknown`. */
export async function openLink(
  room: FilesRoom,
  id: string,
  link: { readonly until: number; readonly sign: string },
): Promise<{ readonly file: StoredFile; readonly bytes: Buffer }> {
  const wanted = signOf(room, id, link.until);
  const given = Buffer.from(link.sign, 'base64url');
  const genuine = given.length === wanted.length && timingSafeEqual(given, wanted);
  if (!genuine || link.until < room.clock.wall().getTime()) throw new HallError(errors.linkEnded);
  const file = await files().findOne({ _id: id, state: 'clean' });
  if (!file) throw new HallError(errors.fileUnknown);
  return { file, bytes: await readFile(id) };
}
