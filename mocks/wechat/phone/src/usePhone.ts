import { useCallback, useEffect, useRef, useState } from 'react';
import { readState, setOwner } from './api.ts';
import type { Card, Message, PhoneState } from './types.ts';

/**
 * The phone's owner and chats. The state is read again whenever the event stream says that something changed; `fresh`
 * is the newest message that arrived while the page was open, for the banner.
 */
export function usePhone(): {
  citizens: Card[];
  state: PhoneState | undefined;
  loaded: boolean;
  offline: boolean;
  fresh: Message | undefined;
  choose: (citizen: string | null) => Promise<void>;
  dismiss: () => void;
} {
  const [citizens, setCitizens] = useState<Card[]>([]);
  const [current, setCurrent] = useState<string | null>(null);
  const [state, setState] = useState<PhoneState>();
  const [loaded, setLoaded] = useState(false);
  const [offline, setOffline] = useState(false);
  const [fresh, setFresh] = useState<Message>();
  const newest = useRef<string | undefined>(undefined);

  const running = useRef(false);
  const again = useRef(false);

  // Bursts of changes (a broadcast) are read once more at the end, not once each.
  const refresh = useCallback(async () => {
    again.current = true;
    if (running.current) return;
    running.current = true;
    try {
      while (again.current) {
        again.current = false;
        const next = await readState();
        setCitizens(next.citizens);
        setCurrent(next.me?.id ?? null);
        if (next.me) {
          const incoming = next.messages.filter((one) => one.from === 'account' && !one.read).at(-1);
          if (incoming && newest.current !== undefined && incoming.id > newest.current) setFresh(incoming);
          newest.current = next.messages.at(-1)?.id ?? '';
          setState({ ...next, me: next.me });
        } else {
          setState(undefined);
        }
      }
      setOffline(false);
    } catch {
      setOffline(true);
    } finally {
      running.current = false;
      setLoaded(true);
    }
  }, []);

  useEffect(() => {
    void refresh();
  }, [refresh]);

  useEffect(() => {
    if (!current) return;
    newest.current = undefined;
    const stream = new EventSource('/phone/api/stream');
    stream.addEventListener('change', () => void refresh());
    stream.addEventListener('error', () => setOffline(true));
    return () => stream.close();
  }, [current, refresh]);

  const choose = useCallback(
    async (citizen: string | null) => {
      setFresh(undefined);
      await setOwner(citizen);
      await refresh();
    },
    [refresh],
  );
  const dismiss = useCallback(() => setFresh(undefined), []);
  return { citizens, state, loaded, offline, fresh, choose, dismiss };
}

/** True on a window wide enough for the phone to stand beside the cards. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => window.matchMedia('(min-width: 820px)').matches);
  useEffect(() => {
    const query = window.matchMedia('(min-width: 820px)');
    const changed = () => setWide(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return wide;
}

/** WeChat's time, going on between the moments at which it was told. */
export function useTime(told: number | undefined): number {
  const [ahead, setAhead] = useState(0);
  const [, setTick] = useState(0);
  useEffect(() => setAhead(told === undefined ? 0 : told - Date.now()), [told]);
  useEffect(() => {
    const timer = setInterval(() => setTick((count) => count + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  return Date.now() + ahead;
}
