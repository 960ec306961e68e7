import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from '../api/apiError.ts';

export interface Paged<T> {
  readonly items: T[];
  readonly total: number;
  /** `more`: another page can be had; `loading`: one is on its way. */
  readonly status: 'loading' | 'more' | 'end' | 'failed';
  readonly error: ApiError | null;
  readonly next: () => void;
}

/** A list read page by page; a new `key` begins anew after `delay` ms (for typing), late answers are dropped. */
export function usePaged<T>(
  key: string,
  load: (page: number) => Promise<{ items: T[]; total: number }>,
  delay = 0,
): Paged<T> {
  const [list, setList] = useState<Omit<Paged<T>, 'next'>>(empty);
  const turn = useRef(0);
  const latest = useRef(load);
  latest.current = load;
  const busy = useRef(false);
  const page = useRef(0);
  const opened = useRef(false);

  const next = useCallback(() => {
    if (busy.current) return;
    busy.current = true;
    const mine = turn.current;
    setList((old) => ({ ...old, status: 'loading', error: null }));
    latest
      .current(page.current + 1)
      .then(
        ({ items, total }) => {
          if (mine !== turn.current) return;
          page.current += 1;
          setList((old) => {
            const all = [...old.items, ...items];
            return {
              items: all,
              total,
              status: all.length < total && items.length > 0 ? 'more' : 'end',
              error: null,
            };
          });
        },
        (thrown: unknown) => {
          if (mine === turn.current)
            setList((old) => ({ ...old, status: 'failed', error: asApiError(thrown) }));
        },
      )
      .finally(() => {
        if (mine === turn.current) busy.current = false;
      });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key is a new list
  useEffect(() => {
    turn.current++;
    busy.current = false;
    page.current = 0;
    setList(empty);
    const timer = setTimeout(next, opened.current ? delay : 0);
    opened.current = true;
    return () => {
      clearTimeout(timer);
      turn.current++;
    };
  }, [key, next]);

  return { ...list, next };
}

const empty: Omit<Paged<never>, 'next'> = { items: [], total: 0, status: 'loading', error: null };
