import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';

/** SM3 digest (GB/T 32905), by OpenSSL. */
export const sm3 = (data: Buffer | string): Buffer => createHash('sm3').update(data).digest();

/** HMAC with SM3. */
export const hmacSm3 = (key: Buffer | string, data: Buffer | string): Buffer =>
  createHmac('sm3', key).update(data).digest();

export type Sm4Mode = 'sm4-cbc' | 'sm4-ecb';

/** SM4 (GB/T 32907) with PKCS#7 padding, by OpenSSL. `iv` is null for ECB, which only old peers ask for. */
export function sm4Encrypt(mode: Sm4Mode, key: Buffer, iv: Buffer | null, plain: Buffer): Buffer {
  const cipher = createCipheriv(mode, key, iv);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** Throws when the padding does not fit, which is all that SM4 alone can notice of a change. */
export function sm4Decrypt(mode: Sm4Mode, key: Buffer, iv: Buffer | null, encrypted: Buffer): Buffer {
  const decipher = createDecipheriv(mode, key, iv);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}
