import { useState } from 'react';
import type { WindowAt } from '../../api/queue.ts';

const key = 'hall.window';

/** The window this computer stands at: asked once, then remembered by the browser. */
export function useChosenWindow(ownHall: string | null): [WindowAt | null, (at: WindowAt | null) => void] {
  const [at, setAt] = useState<WindowAt | null>(() => {
    const kept = read();
    return kept && (ownHall === null || kept.hall === ownHall) ? kept : null;
  });
  const choose = (next: WindowAt | null): void => {
    setAt(next);
    try {
      if (next) localStorage.setItem(key, JSON.stringify(next));
      else localStorage.removeItem(key);
    } catch {
      // Without storage it is asked again next time.
    }
  };
  return [at, choose];
}

function read(): WindowAt | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as WindowAt | null;
  } catch {
    return null;
  }
}
