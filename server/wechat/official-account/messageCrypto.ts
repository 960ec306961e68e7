import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const blockSize = 32;

/** SHA-1 over the sorted parts, as WeChat signs callbacks. */
export const signatureOf = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

/** Compares without telling by its time how much was right. */
export function signatureMatches(given: string, ...parts: readonly string[]): boolean {
  const expected = Buffer.from(signatureOf(...parts));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Safe mode of the message callback: AES-256-CBC with the appid inside (WeChat, 消息加解密说明). */
export class MessageCrypto {
  private readonly key: Buffer;
  private readonly iv: Buffer;

  /** `aesKey`: the 43 characters of EncodingAESKey. */
  constructor(
    aesKey: string,
    private readonly appid: string,
  ) {
    this.key = Buffer.from(`${aesKey}=`, 'base64');
    if (this.key.length !== 32) throw new Error('EncodingAESKey must be 43 characters of base64');
    this.iv = this.key.subarray(0, 16);
  }

  /** Throws one and the same Error whatever is wrong: padding, length, or a message for another account. */
  decrypt(encrypted: string): string {
    const message = this.tryDecrypt(encrypted);
    if (message === null) throw new Error('the message cannot be decrypted');
    return message;
  }

  private tryDecrypt(encrypted: string): string | null {
    const bytes = Buffer.from(encrypted, 'base64');
    if (bytes.length === 0 || bytes.length % 16 !== 0) return null;
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.iv).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
    const padding = padded[padded.length - 1]!;
    if (padding < 1 || padding > blockSize || padded.length < padding + 20) return null;
    const content = padded.subarray(16, padded.length - padding);
    const length = content.readUInt32BE(0);
    if (length > content.length - 4) return null;
    const appid = content.subarray(4 + length).toString('utf8');
    return appid === this.appid ? content.subarray(4, 4 + length).toString('utf8') : null;
  }

  encrypt(message: string, random: Buffer = randomBytes(16)): string {
    const text = Buffer.from(message, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    const content = Buffer.concat([random, length, text, Buffer.from(this.appid, 'utf8')]);
    const padding = blockSize - (content.length % blockSize);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.iv).setAutoPadding(false);
    return Buffer.concat([
      cipher.update(content),
      cipher.update(Buffer.alloc(padding, padding)),
      cipher.final(),
    ]).toString('base64');
  }
}
