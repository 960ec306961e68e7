import { useEffect, useState } from 'react';
import { hallNow } from './hallTime.ts';

/** Milliseconds until the instant, by the hall's clock, renewed each second; zero when over. */
export function useCountdown(until: string | null): number {
  const end = until === null ? Number.NaN : Date.parse(until);
  const [left, setLeft] = useState(() => remaining(end));
  useEffect(() => {
    setLeft(remaining(end));
    if (Number.isNaN(end)) return;
    const timer = setInterval(() => setLeft(remaining(end)), 1000);
    return () => clearInterval(timer);
  }, [end]);
  return left;
}

function remaining(end: number): number {
  return Number.isNaN(end) ? 0 : Math.max(0, end - hallNow());
}
