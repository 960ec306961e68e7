/** Sets `root.cn.[0].cl` without touching the old objects, so that identity tells what has changed. */
export function setPath(target: unknown, dotted: string, value: unknown): unknown {
  return set(
    target,
    dotted
      .replace(/\[(\d+)\]/g, '.$1')
      .split('.')
      .filter((key) => key !== ''),
    value,
  );
}

function set(target: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const copy = copyOf(target, key) as Record<string, unknown>;
  copy[key] = set(copy[key], rest, value);
  return copy;
}

function copyOf(target: unknown, key: string): unknown {
  if (Array.isArray(target)) return target.slice();
  if (target !== null && typeof target === 'object') return { ...target };
  return /^\d+$/.test(key) ? [] : {};
}
