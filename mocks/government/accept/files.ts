import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { Refusal, type StoredFile } from './shapes.ts';

export const largestFile = 5 * 1024 * 1024;
export const mostFiles = 20;

const digest = (algorithm: 'md5' | 'sm3', bytes: Buffer): string =>
  createHash(algorithm).update(bytes).digest('hex');

/** Refuses what the old system cannot hold: too large, a name too long in GBK or with emoji, bytes that are not what was sent. */
export function checkedFile(name: string, bytes: Buffer, told: { md5: string; sm3: string }): void {
  if (bytes.length === 0 || bytes.length > largestFile) throw new Refusal(4101, '文件不能超过5MB');
  const encoded = iconv.encode(name, 'gbk');
  if (name === '' || encoded.length > 100 || /\p{Extended_Pictographic}/u.test(name))
    throw new Refusal(4103, '文件名过长或含有不支持的字符');
  if (digest('md5', bytes) !== told.md5.toLowerCase() || digest('sm3', bytes) !== told.sm3.toLowerCase())
    throw new Refusal(4104, '文件校验不一致');
}

/** The uploaded bytes: in a folder, or in memory without one. */
export class FileRoom {
  readonly #memory = new Map<string, Buffer>();
  constructor(private readonly dir: string | undefined) {}

  put(file: StoredFile, bytes: Buffer): void {
    if (!this.dir) {
      this.#memory.set(file.id, bytes);
      return;
    }
    mkdirSync(path.join(this.dir, 'acceptFiles'), { recursive: true });
    writeFileSync(this.place(file.id), bytes);
  }

  get(id: string): Buffer | undefined {
    if (!this.dir) return this.#memory.get(id);
    try {
      return readFileSync(this.place(id));
    } catch {
      return undefined;
    }
  }

  private place(id: string): string {
    return path.join(this.dir!, 'acceptFiles', id.replace(/\W/g, ''));
  }
}
