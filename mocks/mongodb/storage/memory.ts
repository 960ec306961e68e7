import type { Environment } from './environment.ts';

/** Above this much resident memory the map of the file is taken down and set up anew. */
const limitBytes = 190 * 1024 * 1024;
/** So much must have come since the last time, or it is not the map that is large. */
const growthBytes = 40 * 1024 * 1024;

/**
 * Keeps the pages of the mapped file from counting as this process's memory without end: the system would drop
 * them under pressure, but tools and limits that look at resident memory do not know that.
 */
export function watchMemory(env: Environment, everyMilliseconds: number): { stop(): void } {
  let floor = 0;
  const timer = setInterval(() => {
    const resident = process.memoryUsage.rss();
    if (resident < limitBytes || resident - floor < growthBytes) return;
    if (env.remap()) floor = process.memoryUsage.rss();
  }, everyMilliseconds);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
