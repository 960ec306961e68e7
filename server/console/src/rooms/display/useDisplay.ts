import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { type DisplayView, readDisplay } from '../../api/queue.ts';
import { type Call, callsToSpeak } from './calls.ts';

const every = 2_000;
/** No answer for so long: what is on the screen is marked as old. */
const staleAfter = 10_000;

export interface Display {
  readonly view: DisplayView | null;
  readonly stale: boolean;
  /** The hall does not exist: nothing will ever come. */
  readonly unknown: boolean;
}

/**
 * Asks for the calls for as long as the screen stands there, come what may: a lost link keeps the last picture, marks
 * it, and goes on asking.
 */
export function useDisplay(
  hall: string,
  zone: string | null,
  screen: string,
  onCalls: (calls: readonly Call[]) => void,
): Display {
  const [display, setDisplay] = useState<Display>({ view: null, stale: false, unknown: false });
  const latest = useRef(onCalls);
  latest.current = onCalls;
  useEffect(() => {
    let spoken: number | null = null;
    let goodAt = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async (): Promise<void> => {
      try {
        const view = await readDisplay(hall, { zone, screen }, { signal: AbortSignal.timeout(8_000) });
        if (over) return;
        goodAt = Date.now();
        const next = callsToSpeak(view, spoken);
        spoken = next.spoken;
        if (next.calls.length > 0) latest.current(next.calls);
        setDisplay({ view, stale: false, unknown: false });
      } catch (thrown) {
        if (over) return;
        const unknown = thrown instanceof ApiError && thrown.status === 404;
        setDisplay((old) => ({ ...old, unknown, stale: Date.now() - goodAt > staleAfter }));
      }
      timer = setTimeout(() => void ask(), every);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [hall, zone, screen]);
  return display;
}
