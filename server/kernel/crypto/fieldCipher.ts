import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hmacSm3, sm3, sm4Decrypt, sm4Encrypt } from './sm.ts';

/** Encrypts single fields of personal data at rest (GB/T 39786: confidentiality by SM4, integrity by HMAC-SM3). */
export interface FieldCipher {
  /**
   * @param place what the value is and whose, e.g. `people.phone/01J…`: a ciphertext copied to another field or another
   *   person does not decrypt there.
   */
  encrypt(plain: string, place: string): string;
  /** Throws FieldUnreadable: unknown key, changed data, wrong place. */
  decrypt(sealed: string, place: string): string;
  /** Blind index: equal values of one field give equal text, nothing else can be learned. For look-up only. */
  index(value: string, field: string): string;
  /** True when the value was sealed by an older key and should be sealed again. */
  isStale(sealed: string): boolean;
}

export interface FieldCipherKeys {
  /** 32 hex digits each; the first one seals, all of them open (key rotation). */
  readonly fieldKeys: readonly [string, ...string[]];
  /** 64 hex digits. Changing it means building all indexes anew. */
  readonly indexKey: string;
}

/** A stored value that cannot be read: a wrong key, or somebody changed it. Never carries the value. */
export class FieldUnreadable extends Error {
  constructor(reason: string) {
    super(`an encrypted field cannot be read: ${reason}`);
    this.name = 'FieldUnreadable';
  }
}

interface Key {
  readonly id: string;
  readonly sm4: Buffer;
  readonly mac: Buffer;
}

/** Sealed form: `key id . iv . ciphertext . mac`, base64url, so that rotation and repair need no extra field. */
export function createFieldCipher(keys: FieldCipherKeys): FieldCipher {
  const ring = keys.fieldKeys.map(keyOf);
  const current = ring[0]!;
  const indexKey = bytes(keys.indexKey, 32);
  return {
    encrypt(plain, place) {
      const iv = randomBytes(16);
      const encrypted = sm4Encrypt('sm4-cbc', current.sm4, iv, Buffer.from(plain, 'utf8'));
      const mac = macOf(current, iv, encrypted, place);
      return [current.id, ...[iv, encrypted, mac].map((part) => part.toString('base64url'))].join('.');
    },
    decrypt(sealed, place) {
      const [id, ...parts] = sealed.split('.');
      if (parts.length !== 3) throw new FieldUnreadable('not a sealed value');
      const key = ring.find((each) => each.id === id);
      if (!key) throw new FieldUnreadable(`no key ${String(id).slice(0, 16)}`);
      const [iv, encrypted, mac] = parts.map((part) => Buffer.from(part, 'base64url')) as [
        Buffer,
        Buffer,
        Buffer,
      ];
      const expected = macOf(key, iv, encrypted, place);
      if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
        throw new FieldUnreadable('it was changed, or belongs to another place');
      return sm4Decrypt('sm4-cbc', key.sm4, iv, encrypted).toString('utf8');
    },
    index: (value, field) => hmacSm3(indexKey, `${field}\u0000${value}`).toString('base64url'),
    isStale: (sealed) => !sealed.startsWith(`${current.id}.`),
  };
}

function keyOf(hex: string): Key {
  const sm4 = bytes(hex, 16);
  // The id names the key without telling it; the MAC key is derived, so that one secret is enough to keep.
  return { id: sm3(`field-key-id ${hex}`).toString('hex').slice(0, 8), sm4, mac: hmacSm3(sm4, 'field-mac') };
}

function macOf(key: Key, iv: Buffer, encrypted: Buffer, place: string): Buffer {
  return hmacSm3(
    key.mac,
    Buffer.concat([iv, encrypted, Buffer.from(`\u0000${key.id}\u0000${place}`, 'utf8')]),
  );
}

function bytes(hex: string, length: number): Buffer {
  if (!new RegExp(`^[0-9a-fA-F]{${length * 2}}$`).test(hex))
    throw new Error(`a key must be ${length * 2} hex digits`);
  return Buffer.from(hex, 'hex');
}
