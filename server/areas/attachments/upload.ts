import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { sm3 } from '../../kernel/crypto/sm.ts';
import { isDuplicateKey } from '../../kernel/database.ts';
import { dropFile, keepFile, readFile } from '../../kernel/fileStore/fileStore.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { log } from '../../kernel/log.ts';
import { applicationsErrors as errors } from '../applications/contract.ts';
import { files, parts, type StoredFile } from './model.ts';
import type { FilesRoom } from './room.ts';
import { isGoodName, type KindOfFile, lengthOfPart, maxBytes, maxFiles, partsOf } from './rules.ts';
import { mimes, sniff } from './sniff.ts';

export interface NewUpload {
  readonly id: string;
  readonly personId: string;
  readonly draftId: string;
  readonly slot: string;
  readonly name: string;
  readonly size: number;
}

/** Announces a file, or finds the one that was announced. Errors: `file_too_large`, `file_name`, `too_many_files`, `file_unknown`. */
export async function beginUpload(room: FilesRoom, upload: NewUpload): Promise<StoredFile> {
  const { id, ...facts } = upload;
  if (upload.size > maxBytes) throw new HallError(errors.fileTooLarge);
  if (!isGoodName(upload.name)) throw new HallError(errors.fileName);
  const known = await files().findOne({ _id: id });
  if (known) return mine(known, upload.personId);
  // A little over the limit, since replaced files stay until the draft is submitted; the submission counts what it uses.
  if ((await files().countDocuments({ draftId: upload.draftId }, { limit: 3 * maxFiles })) >= 3 * maxFiles)
    throw new HallError(errors.tooManyFiles);
  const fresh: StoredFile = {
    ...{ _id: id, ...facts, state: 'uploading', mime: null, md5: null, sm3: null },
    ...{ begunAt: room.clock.wall(), found: null },
  };
  try {
    await files().insertOne(fresh);
    return fresh;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return mine((await files().findOne({ _id: id }))!, upload.personId);
  }
}

function mine(file: StoredFile | null, personId: string): StoredFile {
  if (file?.personId !== personId) throw new HallError(errors.fileUnknown);
  return file;
}

export async function findMyFile(id: string, personId: string): Promise<StoredFile> {
  return mine(await files().findOne({ _id: id }), personId);
}

export async function partsArrived(id: string): Promise<number[]> {
  const found = await parts()
    .find({ fileId: id }, { projection: { number: 1 } })
    .toArray();
  return found.map((part) => part.number).sort((a, b) => a - b);
}

/** The bytes of one part; a part that comes again replaces itself. Errors: `file_unknown`, `file_incomplete` (cut short). */
export async function takePart(
  room: FilesRoom,
  file: StoredFile,
  number: number,
  bytes: Buffer,
): Promise<void> {
  if (file.state !== 'uploading') return; // said again after it was finished
  if (number >= partsOf(file.size) || bytes.length !== lengthOfPart(file.size, number))
    throw new HallError(errors.fileIncomplete);
  const _id = `${file._id}/${number}`;
  const row = { fileId: file._id, number, bytes: bytes as never, at: room.clock.wall() };
  await parts().replaceOne({ _id }, row as never, { upsert: true });
}

/** Reads a part from a request; only `application/octet-stream`, so that no other page can send it. */
export async function readPart(request: IncomingMessage, contentType: string, most: number): Promise<Buffer> {
  if (!contentType.startsWith('application/octet-stream')) throw new HallError(errors.fileKind);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new HallError(errors.fileTooLarge);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Puts the parts together, looks at what it is, hashes, keeps, and has it scanned. Until it is found clean it is in
 * quarantine: nobody can open or submit it. Errors: `file_incomplete`, `file_kind`, `file_unsafe`.
 */
export async function finishUpload(
  room: FilesRoom,
  file: StoredFile,
  accept: readonly KindOfFile[],
): Promise<StoredFile> {
  if (file.state === 'infected') throw new HallError(errors.fileUnsafe);
  if (file.state === 'clean') return file;
  if (file.state === 'scanning') return scanFile(room, file, null);
  const arrived = await parts().find({ fileId: file._id }).sort({ number: 1 }).toArray();
  const bytes = Buffer.concat(arrived.map((part) => Buffer.from(part.bytes.buffer)));
  if (arrived.length !== partsOf(file.size) || bytes.length !== file.size)
    throw new HallError(errors.fileIncomplete);
  const kind = await sniff(bytes);
  if (kind === null || !accept.includes(kind)) {
    await forgetFile(file._id);
    throw new HallError(errors.fileKind);
  }
  await keepFile(file._id, bytes);
  const facts = {
    name: `${file.name.replace(/\.[A-Za-z]{1,5}$/, '')}.${kind}`, // the office reads the ending
    mime: mimes[kind],
    md5: createHash('md5').update(bytes).digest('hex'),
    sm3: sm3(bytes).toString('hex'),
    state: 'scanning' as const,
  };
  await files().updateOne({ _id: file._id, state: 'uploading' }, { $set: facts });
  await parts().deleteMany({ fileId: file._id });
  return scanFile(room, { ...file, ...facts }, bytes);
}

/** Out of quarantine, or out of the house. A scanner that does not answer leaves it where it is; the job tries again. */
export async function scanFile(room: FilesRoom, file: StoredFile, bytes: Buffer | null): Promise<StoredFile> {
  let verdict: Awaited<ReturnType<FilesRoom['scanner']['scan']>>;
  try {
    verdict = await room.scanner.scan(bytes ?? (await readFile(file._id)));
  } catch (cause) {
    log.warn({ cause, file: file._id }, 'a file waits in quarantine');
    return file;
  }
  const state = verdict.clean ? 'clean' : 'infected';
  await files().updateOne({ _id: file._id, state: 'scanning' }, { $set: { state, found: verdict.found } });
  if (state === 'infected') {
    await dropFile(file._id);
    log.warn({ file: file._id, found: verdict.found }, 'malware in an upload');
    throw new HallError(errors.fileUnsafe);
  }
  return { ...file, state };
}

async function forgetFile(id: string): Promise<void> {
  await parts().deleteMany({ fileId: id });
  await files().deleteOne({ _id: id });
}

/** Files of a draft and of the case it became. */
export const filesOf = (draftId: string): Promise<StoredFile[]> => files().find({ draftId }).toArray();
