import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** SHA-1 over the sorted parts: `signature` (token, timestamp, nonce) and `msg_signature` (with Encrypt). */
export function sign(...parts: string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

export function sameSignature(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

const block = 32;

/**
 * WeChat's message envelope: AES-256-CBC, the IV is the first half of the key, PKCS#7 padding to 32 bytes (not the
 * cipher's 16), content = 16 random bytes, length (big endian), message, appid.
 */
export class MessageCrypto {
  #key: Buffer;
  #appid: string;

  /** `aesKey`: the 43 characters of EncodingAESKey. */
  constructor(aesKey: string, appid: string) {
    this.#key = Buffer.from(`${aesKey}=`, 'base64');
    if (aesKey.length !== 43 || this.#key.length !== 32)
      throw new Error('EncodingAESKey must have 43 characters');
    this.#appid = appid;
  }

  encrypt(message: string, random: Buffer = randomBytes(16)): string {
    const text = Buffer.from(message, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    const content = Buffer.concat([random, length, text, Buffer.from(this.#appid, 'utf8')]);
    const pad = block - (content.length % block);
    const cipher = createCipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16));
    cipher.setAutoPadding(false);
    return Buffer.concat([
      cipher.update(Buffer.concat([content, Buffer.alloc(pad, pad)])),
      cipher.final(),
    ]).toString('base64');
  }

  /** Throws when the envelope is damaged or was made for another appid. */
  decrypt(encrypted: string): string {
    const decipher = createDecipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16));
    decipher.setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
    const pad = padded.at(-1) ?? 0;
    if (pad < 1 || pad > block || pad >= padded.length) throw new Error('bad padding');
    const content = padded.subarray(0, padded.length - pad);
    const length = content.readUInt32BE(16);
    if (20 + length > content.length) throw new Error('bad length');
    if (content.subarray(20 + length).toString('utf8') !== this.#appid)
      throw new Error('message for another appid');
    return content.subarray(20, 20 + length).toString('utf8');
  }
}
