import type { FieldCipher } from '../../kernel/crypto/fieldCipher.ts';
import type { StoredIdentity } from './model.ts';

let cipher: FieldCipher | undefined;

/** Gives the area the key to personal data; the composition root does it once, before anything is asked of the area. */
export function openPersonalData(fieldCipher: FieldCipher): void {
  cipher = fieldCipher;
}

function opened(): FieldCipher {
  if (!cipher) throw new Error('personal data is closed: openPersonalData(fieldCipher) was not called');
  return cipher;
}

export interface PlainIdentity {
  readonly code: string;
  readonly name: string;
  readonly idType: string;
  readonly idNumber: string;
  readonly phone: string | null;
  readonly version: string | null;
}

/** Encrypts what the platform told about the person `personId`. */
export function sealIdentity(
  personId: string,
  plain: PlainIdentity,
  times: { readonly boundAt: Date; readonly checkedAt: Date },
): StoredIdentity {
  const { encrypt, index } = opened();
  return {
    code: plain.code,
    nameSealed: encrypt(plain.name, `people.name/${personId}`),
    idType: plain.idType,
    idNumberSealed: encrypt(plain.idNumber, `people.idNumber/${personId}`),
    idNumberIndex: index(plain.idNumber, 'people.idNumber'),
    phoneSealed: plain.phone === null ? null : encrypt(plain.phone, `people.phone/${personId}`),
    phoneIndex: plain.phone === null ? null : index(plain.phone, 'people.phone'),
    version: plain.version,
    ...times,
  };
}

/** Opens it again. Throws FieldUnreadable when somebody moved or changed it. */
export function openIdentity(personId: string, stored: StoredIdentity): PlainIdentity {
  const { decrypt } = opened();
  return {
    code: stored.code,
    name: decrypt(stored.nameSealed, `people.name/${personId}`),
    idType: stored.idType,
    idNumber: decrypt(stored.idNumberSealed, `people.idNumber/${personId}`),
    phone: stored.phoneSealed === null ? null : decrypt(stored.phoneSealed, `people.phone/${personId}`),
    version: stored.version,
  };
}

/** What a phone number is found by: the blind index that `sealIdentity` writes. */
export const phoneIndexOf = (phone: string): string => opened().index(phone, 'people.phone');

/** The same of an identity number. */
export const idNumberIndexOf = (idNumber: string): string => opened().index(idNumber, 'people.idNumber');
