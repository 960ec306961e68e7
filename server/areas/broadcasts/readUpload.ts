import type { IncomingMessage } from 'node:http';
import { HallError } from '../../kernel/http/hallError.ts';
import { broadcastsErrors } from './contract.ts';
import { type ListLine, ListTooLong, ListUnreadable, readListFile } from './listFile.ts';

const bytesLimit = 8 * 1024 * 1024;

/**
 * The uploaded file as lines. Only `application/octet-stream` is taken: a page elsewhere cannot send that in a member of
 * staff's name without being asked first by the browser. Errors: `list_unreadable`, `list_too_long`.
 */
export async function readUpload(request: IncomingMessage, contentType: string): Promise<ListLine[]> {
  if (!contentType.startsWith('application/octet-stream')) {
    throw new HallError(broadcastsErrors.listUnreadable);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesLimit) throw new HallError(broadcastsErrors.listTooLong);
    chunks.push(chunk);
  }
  try {
    return await readListFile(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof ListTooLong) throw new HallError(broadcastsErrors.listTooLong);
    if (error instanceof ListUnreadable) throw new HallError(broadcastsErrors.listUnreadable);
    throw error;
  }
}
