import { type DependencyList, useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, type CallOptions } from './client.ts';

export interface Loaded<T> {
  /** The last good answer; stays while a newer one is on its way. */
  readonly data: T | null;
  readonly error: ApiError | null;
  readonly loading: boolean;
  reload(): void;
  /** Puts in an answer that another call brought. */
  put(data: T): void;
}

/**
 * Loads when `deps` change, and again every `every` ms (null: never; or told by what was last loaded) as long as the
 * page is looked at.
 * A newer load makes the older one's answer void.
 */
export function useLoad<T>(
  load: (options: CallOptions & { signal: AbortSignal }) => Promise<T>,
  deps: DependencyList,
  every: number | null | ((data: T | null) => number | null) = null,
): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: ApiError | null; loading: boolean }>({
    data: null,
    error: null,
    loading: true,
  });
  const current = useRef<AbortController | null>(null);
  const latest = useRef(load);
  latest.current = load;

  const run = useCallback((cause: 'new' | 'again' | 'background') => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const background = cause === 'background';
    if (!background) setState((before) => ({ ...before, loading: true }));
    latest.current({ signal: controller.signal, background }).then(
      (data) => {
        if (!controller.signal.aborted) setState({ data, error: null, loading: false });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        // What was asked before does not answer what is asked now.
        setState((before) => ({
          data: cause === 'new' ? null : before.data,
          error: asApiError(error),
          loading: false,
        }));
      },
    );
  }, []);

  useEffect(() => {
    run('new');
    return () => current.current?.abort();
  }, [run, ...deps]);

  const everyMs = typeof every === 'function' ? every(state.data) : every;
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') run('background');
    }, everyMs);
    return () => clearInterval(timer);
  }, [run, everyMs]);

  const reload = useCallback(() => run('again'), [run]);
  const put = useCallback((data: T) => {
    current.current?.abort();
    setState({ data, error: null, loading: false });
  }, []);
  return { ...state, reload, put };
}

export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError('console.fault', '页面出了点问题，请刷新后再试。', 0, null);
