import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from '../api/apiError.ts';

/** `stale` is why the last refresh failed while older data is still shown. */
export type LoadState<T> =
  | { status: 'loading' }
  | { status: 'failed'; error: ApiError }
  | { status: 'ready'; data: T; stale: ApiError | null };

export interface Load<T> {
  readonly state: LoadState<T>;
  /** Asks again, keeping what is on the screen until the answer comes. */
  readonly reload: () => Promise<void>;
  readonly set: (data: T) => void;
}

/** Loads when the page opens and whenever `key` changes; an answer that comes too late is dropped. */
export function useLoad<T>(key: string, load: () => Promise<T>): Load<T> {
  const [state, setState] = useState<LoadState<T>>({ status: 'loading' });
  const turn = useRef(0);
  const latest = useRef(load);
  latest.current = load;

  const reload = useCallback(async () => {
    const mine = ++turn.current;
    setState((old) => (old.status === 'failed' ? { status: 'loading' } : old));
    try {
      const data = await latest.current();
      if (mine === turn.current) setState({ status: 'ready', data, stale: null });
    } catch (thrown) {
      const error = asApiError(thrown);
      if (mine !== turn.current) return;
      setState((old) =>
        old.status === 'ready' && !error.signInNeeded
          ? { ...old, stale: error }
          : { status: 'failed', error },
      );
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key is a new question
  useEffect(() => {
    setState({ status: 'loading' });
    void reload();
    return () => {
      turn.current++;
    };
  }, [key, reload]);

  const set = useCallback((data: T) => {
    turn.current++;
    setState({ status: 'ready', data, stale: null });
  }, []);
  return { state, reload, set };
}
