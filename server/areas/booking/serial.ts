/** Tests switch it off, so that one process behaves like several. */
export const serial = { on: true };

const tails = new Map<string, Promise<unknown>>();

/**
 * Runs work of one key one after the other within this process. It makes nothing correct (transactions do that); it
 * keeps this process's transactions on one counter from aborting each other.
 */
export function serially<T>(key: string, work: () => Promise<T>): Promise<T> {
  if (!serial.on) return work();
  const before = tails.get(key) ?? Promise.resolve();
  const run = before.then(work, work);
  const tail = run.catch(() => {});
  tails.set(key, tail);
  void tail.then(() => {
    if (tails.get(key) === tail) tails.delete(key);
  });
  return run;
}
