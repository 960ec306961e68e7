import { createHash, randomBytes } from 'node:crypto';

/** URL-safe random text of exactly `length` characters, as WeChat's tokens, codes and media ids look. */
export function randomText(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}

/** Text derived from a seed, the same in every run: ids of demo citizens and provisioned templates. */
export function stableText(seed: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round++) {
    text += createHash('sha256').update(`${seed}/${round}`).digest('base64url');
  }
  return text.slice(0, length);
}

/** `rid` as printed in errmsg: seconds and two random words, all in hex. */
export function makeRid(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `${seconds}-${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}`;
}

/**
 * Message ids grow and are larger than 2^53, as the platform's are: a client that parses them as a JavaScript
 * number loses the last digits, and should find that out here.
 */
export class MessageIds {
  #last = 0n;
  #lastMass = 0n;

  next(now: Date): bigint {
    const base = (BigInt(now.getTime()) << 21n) | 0n;
    this.#last = base > this.#last ? base : this.#last + 1n;
    return this.#last;
  }

  /** Ids of mass messages have ten digits. */
  nextMass(now: Date): bigint {
    const base = BigInt(Math.floor(now.getTime() / 1000));
    this.#lastMass = base > this.#lastMass ? base : this.#lastMass + 1n;
    return this.#lastMass;
  }
}

/** The original id (gh_…) of an official account, used as ToUserName. */
export function originalId(appid: string): string {
  return `gh_${createHash('sha256').update(appid).digest('hex').slice(0, 12)}`;
}
