import { useEffect, useRef, useState } from 'react';
import { useHidden, useShown } from '../platform/hooks.ts';
import { type Load, useLoad } from './useLoad.ts';

/**
 * A load that renews itself every `every` ms while its page is looked at, and at once when it comes to the front.
 * `over` tells of an answer after which nothing changes any more; then only the coming to the front asks.
 */
export function useLive<T>(
  key: string,
  load: () => Promise<T>,
  options: { every: number; over?: (data: T) => boolean },
): Load<T> {
  const loaded = useLoad(key, load);
  const [shown, setShown] = useState(true);
  const latest = useRef(loaded);
  latest.current = loaded;
  useShown(() => {
    setShown(true);
    if (latest.current.state.status !== 'loading') void latest.current.reload();
  });
  useHidden(() => setShown(false));
  const { state } = loaded;
  const over = state.status === 'ready' && (options.over?.(state.data) ?? false);
  // Asking again without a session would send the person to sign in, again and again.
  const lost = state.status === 'failed' && state.error.signInNeeded;
  const asks = shown && !over && !lost && state.status !== 'loading';
  useEffect(() => {
    if (!asks) return;
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return; // a slow network is not asked twice
      busy = true;
      void latest.current.reload().finally(() => {
        busy = false;
      });
    }, options.every);
    return () => clearInterval(timer);
  }, [asks, options.every]);
  return loaded;
}
