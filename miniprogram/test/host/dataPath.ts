/** `root.cn.[0].text` → ['root', 'cn', '0', 'text'], as setData's keys are written. */
export const keysOf = (path: string): string[] =>
  path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((key) => key !== '');

/** Sets a value deep inside, copying along the way, so that identity tells what changed. */
export function withValueAt(target: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const base = target ?? (/^\d+$/.test(key) ? [] : {});
  const copy = (Array.isArray(base) ? base.slice() : { ...(base as object) }) as Record<string, unknown>;
  copy[key] = withValueAt(copy[key], rest, value);
  return copy;
}
