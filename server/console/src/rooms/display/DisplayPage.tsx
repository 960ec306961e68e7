import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';
import type { DisplayView } from '../../api/queue.ts';
import { momentText } from '../../parts/dates.ts';
import { type Call, shownCalls, spokenCall } from './calls.ts';
import './DisplayPage.css';
import { createSpeaker } from './speaker.ts';
import { useDisplay } from './useDisplay.ts';

/** Beside the newest one; more would be too small to read from ten metres. */
const rows = 6;
/** How long a new call stays lit, for those who do not hear. */
const litMs = 9_000;

/** The hall's screen: numbers and windows only, never a name. `?zone=B` for one zone, `?screen=` names it. */
export function DisplayPage(): ReactNode {
  const { hallId = '' } = useParams();
  const [search] = useSearchParams();
  const zone = search.get('zone');
  const screen = useMemo(() => search.get('screen') ?? ownName(), [search]);
  const speaker = useMemo(createSpeaker, []);
  const [silent, setSilent] = useState(true);
  const [lit, setLit] = useState<readonly number[]>([]);
  const hear = useCallback(
    (calls: readonly Call[]) => {
      for (const call of calls) speaker.say(spokenCall(call));
      setLit(calls.map((call) => call.seq));
    },
    [speaker],
  );
  const { view, stale, unknown } = useDisplay(hallId, zone, screen, hear);
  useEffect(() => {
    if (lit.length === 0) return;
    const timer = setTimeout(() => setLit([]), litMs);
    return () => clearTimeout(timer);
  }, [lit]);
  useWakeLock();

  if (!view) {
    return (
      <main className="display display-wait">
        <p>{unknown ? '没有这个大厅，请检查网址' : '正在连接叫号系统'}</p>
      </main>
    );
  }
  const [newest, ...rest] = shownCalls(view.calls, rows + 1);
  return (
    <main className="display">
      <header>
        <strong>{view.hall}</strong>
        {view.zone && <span>{view.zone}</span>}
        {silent && (
          <button
            type="button"
            data-testid="sound-on"
            onClick={() => {
              speaker.wake();
              setSilent(false);
            }}
          >
            开启声音
          </button>
        )}
        <time>{momentText(view.asOf)}</time>
      </header>
      {newest ? (
        <div className="display-calls">
          <section
            className={lit.includes(newest.seq) ? 'display-newest display-lit' : 'display-newest'}
            aria-live="assertive"
          >
            <p>请到窗口</p>
            <b data-testid="newest">{newest.label}</b>
            <span>{newest.window} 号窗口</span>
          </section>
          <ol>
            {rest.map((call) => (
              <li key={call.label} className={lit.includes(call.seq) ? 'display-lit' : undefined}>
                <b>{call.label}</b>
                <span>{call.window} 号窗口</span>
              </li>
            ))}
          </ol>
        </div>
      ) : (
        <div className="display-none">
          <p>还没有叫号，请稍候</p>
        </div>
      )}
      {stale ? (
        <footer className="display-stale" data-testid="stale">
          连接中断，这是 {momentText(view.asOf).split(' ').at(-1)} 的叫号，请听现场工作人员通知
        </footer>
      ) : (
        <Waiting lines={view.lines} />
      )}
    </main>
  );
}

function Waiting({ lines }: { lines: DisplayView['lines'] }): ReactNode {
  const busy = lines.filter((line) => line.waiting > 0).sort((a, b) => b.waiting - a.waiting);
  return (
    <footer>
      <span>等候人数</span>
      {busy.slice(0, 6).map((line) => (
        <span key={line.group}>
          {line.group} <b>{line.waiting}</b>
        </span>
      ))}
      {busy.length === 0 && <span>现在不用等</span>}
    </footer>
  );
}

/** A name of its own for each screen, kept by its browser. */
function ownName(): string {
  const key = 'hall.screen';
  try {
    const kept = localStorage.getItem(key);
    if (kept) return kept;
    const name = `screen-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36)}`;
    localStorage.setItem(key, name);
    return name;
  } catch {
    return 'screen';
  }
}

/** Keeps the screen from going dark, where the browser can. */
function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    const keep = (): void => {
      if (document.visibilityState !== 'visible') return;
      navigator.wakeLock?.request('screen').then(
        (got) => {
          lock = got;
        },
        () => {},
      );
    };
    keep();
    document.addEventListener('visibilitychange', keep);
    return () => {
      document.removeEventListener('visibilitychange', keep);
      void lock?.release();
    };
  }, []);
}
