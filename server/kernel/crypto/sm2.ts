import { sm2 } from 'sm-crypto-v2';

/**
 * SM2 (GB/T 32918) by sm-crypto-v2. Node's own is not SM2: it signs as plain ECDSA, or with an empty user id; a test forbids it
 * in the sources. Keys are hex: 64 digits private, 130 digits public (`04…`).
 */
export interface Sm2Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** The user id that GM/T 0009 prescribes where nothing else was agreed. */
const userId = '1234567812345678';

export function newSm2Pair(): Sm2Pair {
  const { privateKey, publicKey } = sm2.generateKeyPairHex();
  return { privateKey, publicKey };
}

/** Signs with SM3. `raw` is r and s, 64 bytes, as the gateways want it; `der` as openssl writes it. */
export function sm2Sign(privateKey: string, data: Buffer, form: 'raw' | 'der'): Buffer {
  return Buffer.from(sm2.doSignature(data, privateKey, { hash: true, der: form === 'der', userId }), 'hex');
}

export function sm2Verify(publicKey: string, data: Buffer, signature: Buffer, form: 'raw' | 'der'): boolean {
  try {
    return sm2.doVerifySignature(data, signature.toString('hex'), publicKey, {
      hash: true,
      der: form === 'der',
      userId,
    });
  } catch {
    return false; // not a signature at all
  }
}
