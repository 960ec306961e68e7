import { sha256 } from '../platform/sha256.ts';

/** Zero bits at the front. */
export function zeroBits(words: Int32Array): number {
  let bits = 0;
  for (const word of words) {
    if (word !== 0) return bits + Math.clz32(word);
    bits += 32;
  }
  return bits;
}

/**
 * Looks for a nonce so that SHA-256 of `salt:nonce` begins with `bits` zero bits. In short pieces, so that the page stays
 * alive; `goOn` is asked between them. Null: stopped.
 */
export async function findNonce(
  { salt, bits }: { readonly salt: string; readonly bits: number },
  goOn: () => boolean,
): Promise<string | null> {
  for (let nonce = 0; goOn(); ) {
    const until = Date.now() + 25;
    while (Date.now() < until) {
      for (let count = 0; count < 50; count++, nonce++) {
        if (zeroBits(sha256(`${salt}:${nonce}`)) >= bits) return String(nonce);
      }
    }
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
  }
  return null;
}
