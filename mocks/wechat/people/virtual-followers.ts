const prefix = 'oZvirtualfollowerof_';
const digits = 28 - prefix.length;

/**
 * Any number of generated followers without an object for each: the openid is made from the number. They receive
 * what is sent to them (the ledger counts it) but have no chat to look at.
 */
export class VirtualFollowers {
  #count = 0;
  #mass = new Uint8Array(0);
  #massMonth = '';

  get count(): number {
    return this.#count;
  }

  resize(count: number): void {
    this.#count = Math.max(0, Math.min(count, 10 ** digits - 1));
    this.#mass = new Uint8Array(this.#count);
    this.#massMonth = '';
  }

  openid(index: number): string {
    return prefix + String(index).padStart(digits, '0');
  }

  unionid(index: number): string {
    return `oUvirtualfollower_${String(index).padStart(10, '0')}`;
  }

  /** The follower's number, or undefined when the openid is none of theirs. */
  indexOf(openid: string): number | undefined {
    if (openid.length !== 28 || !openid.startsWith(prefix)) return undefined;
    const index = Number(openid.slice(prefix.length));
    return Number.isInteger(index) && index >= 0 && index < this.#count ? index : undefined;
  }

  range(first: number, size: number): string[] {
    const length = Math.max(0, Math.min(size, this.#count - first));
    return Array.from({ length }, (_, offset) => this.openid(first + offset));
  }

  /** Counts one mass message for each of them (or for one); gives how many had fewer than four this month. */
  takeMass(month: string, only?: number): number {
    if (this.#massMonth !== month) {
      this.#mass.fill(0);
      this.#massMonth = month;
    }
    let reached = 0;
    const end = only === undefined ? this.#count : only + 1;
    for (let index = only ?? 0; index < end; index++) {
      if (this.#mass[index]! < 4) {
        this.#mass[index]! += 1;
        reached += 1;
      }
    }
    return reached;
  }
}
