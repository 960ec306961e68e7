import { useCallback, useState } from 'react';

export interface LastTicket {
  readonly label: string;
  readonly what: string;
  /** 「09:42」 */
  readonly at: string;
}

const kept = 8;

/** The last tickets this window let go of, newest first; kept by the browser's tab while it is open. */
export function useLastTickets(window: string): [readonly LastTicket[], (ticket: LastTicket) => void] {
  const key = `hall.lastTickets.${window}`;
  const [list, setList] = useState<readonly LastTicket[]>(() => read(key));
  const add = useCallback(
    (ticket: LastTicket) => {
      setList((old) => {
        const next = [ticket, ...old].slice(0, kept);
        try {
          sessionStorage.setItem(key, JSON.stringify(next));
        } catch {
          // Without storage the list lasts until the page is left.
        }
        return next;
      });
    },
    [key],
  );
  return [list, add];
}

function read(key: string): readonly LastTicket[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as LastTicket[];
  } catch {
    return [];
  }
}
