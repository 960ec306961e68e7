import { sm2 } from 'sm-crypto-v2';

const userId = '1234567812345678';

/** JSON with its keys in order at every depth: the text that both sides sign. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${fields.join(',')}}`;
}

export function verified(publicKey: string | undefined, text: string, signature: string): boolean {
  if (!publicKey) return false;
  try {
    const hex = Buffer.from(signature, 'base64').toString('hex');
    return sm2.doVerifySignature(Buffer.from(text), hex, publicKey, { hash: true, userId });
  } catch {
    return false;
  }
}

export const signed = (privateKey: string, text: string): string =>
  Buffer.from(sm2.doSignature(Buffer.from(text), privateKey, { hash: true, userId }), 'hex').toString(
    'base64',
  );

export const newPair = (): { privateKey: string; publicKey: string } => sm2.generateKeyPairHex();
