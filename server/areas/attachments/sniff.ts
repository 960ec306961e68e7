import { fileTypeFromBuffer } from 'file-type';
import type { KindOfFile } from './rules.ts';

const known: Readonly<Record<string, KindOfFile>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};
export const mimes: Readonly<Record<KindOfFile, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  ofd: 'application/ofd',
};

/** What a file is by its bytes, whatever its name says; null: nothing we take. OFD (GB/T 33190) is a zip with OFD.xml in it. */
export async function sniff(bytes: Buffer): Promise<KindOfFile | null> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!type) return null;
  if (type.mime === 'application/zip') return bytes.includes('OFD.xml') ? 'ofd' : null;
  return known[type.mime] ?? null;
}
