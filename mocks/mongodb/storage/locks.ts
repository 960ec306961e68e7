/** What holds locks: an open multi-document transaction. */
export interface LockOwner {
  readonly ended: Promise<void>;
}

/**
 * Documents and unique keys that open transactions have written and not yet committed. Writers outside
 * transactions wait for them; another transaction fails with WriteConflict at once.
 */
export class Locks {
  private readonly owners = new Map<string, LockOwner>();

  get none(): boolean {
    return this.owners.size === 0;
  }

  owner(name: string): LockOwner | undefined {
    return this.owners.get(name);
  }

  take(name: string, owner: LockOwner): void {
    this.owners.set(name, owner);
  }

  release(names: Iterable<string>): void {
    for (const name of names) this.owners.delete(name);
  }
}

export const recordLock = (collectionId: number, record: number): string => `r${collectionId}:${record}`;
export const keyLock = (key: Buffer): string => `k${key.latin1Slice()}`;
export const collectionLock = (collectionId: number): string => `c${collectionId}`;
