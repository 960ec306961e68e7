import type { ReactNode } from 'react';
import { useBottom } from '../platform/hooks.ts';
import { usePaged } from '../state/usePaged.ts';
import { PagedList } from './PagedList.tsx';

/** How long typing must rest before a search begins, in milliseconds. */
export const typingPause = 250;

/**
 * A list that loads the next page when its end comes into view. A new `listKey` begins anew, after `delay` ms. A page has one of
 * them: whoever reaches the bottom of the page asks it.
 */
export function LongList<T>(props: {
  listKey: string;
  load: (page: number) => Promise<{ items: T[]; total: number }>;
  delay?: number;
  row: (item: T) => ReactNode;
  empty: ReactNode;
  unit: string;
}): ReactNode {
  const { listKey, load, delay = 0, row, empty, unit } = props;
  const list = usePaged(listKey, load, delay);
  useBottom(() => {
    if (list.status === 'more') list.next();
  });
  return <PagedList list={list} unit={unit} row={row} empty={empty} />;
}
