import { useEffect, useState } from 'react';
import { type Asked, askedIn, CashierSheet } from './CashierSheet.tsx';
import { Close, HallMark, More, Target } from './icons.tsx';
import type { PhoneState } from './types.ts';

/** The hall's sign-in route sends the browser through OAuth (as this phone's owner) and on to the page. */
export function programUrl(hallUrl: string, path: string): string {
  const page = path.replace(/^\//, '');
  const to = page === '' ? '/h5/' : `/h5/#/${page}`;
  return `${hallUrl}/api/sign-in/h5?to=${encodeURIComponent(to)}`;
}

/** The mini-program: the hall's h5 build under WeChat's title bar and capsule. */
export function ProgramView(props: { state: PhoneState; path: string; onClose: () => void }) {
  const { hallUrl } = props.state;
  const [title, setTitle] = useState('增城政务服务');
  const [loading, setLoading] = useState(true);
  const [path, setPath] = useState(props.path);
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => {
    const heard = (event: MessageEvent) => {
      if (!hallUrl || event.origin !== new URL(hallUrl).origin) return;
      const data: unknown = event.data;
      if (typeof data === 'object' && data !== null && 'title' in data && typeof data.title === 'string') {
        setTitle(data.title);
      }
      const wish = askedIn(event);
      if (wish) setAsked(wish);
    };
    window.addEventListener('message', heard);
    return () => window.removeEventListener('message', heard);
  }, [hallUrl]);
  return (
    <section className="overlay" data-testid="miniprogram">
      <header className="overlay-bar">
        <p className="program-name">
          <HallMark size={22} />
          {title}
        </p>
        <span className="capsule">
          <button type="button" aria-label="回到小程序首页" onClick={() => setPath('')}>
            <More />
          </button>
          <i />
          <button
            type="button"
            aria-label="关闭小程序"
            data-testid="close-miniprogram"
            onClick={props.onClose}
          >
            <Target />
          </button>
        </span>
      </header>
      {hallUrl ? (
        <div className="frame">
          {loading && <p className="frame-wait">正在打开</p>}
          <iframe
            title="小程序"
            data-testid="miniprogram-frame"
            src={programUrl(hallUrl, path)}
            allow="geolocation; microphone; camera; clipboard-write"
            onLoad={() => setLoading(false)}
          />
        </div>
      ) : (
        <p className="empty">还没有接上服务大厅。启动时请设置 HALL_URL。</p>
      )}
      {asked && <CashierSheet asked={asked} onDone={() => setAsked(undefined)} />}
    </section>
  );
}

/** WeChat's own browser for ordinary addresses. */
export function PageView(props: { url: string; onClose: () => void }) {
  return (
    <section className="overlay" data-testid="webpage">
      <header className="overlay-bar">
        <button
          type="button"
          className="plain"
          onClick={props.onClose}
          aria-label="关闭网页"
          data-testid="close-page"
        >
          <Close />
        </button>
        <h1>网页</h1>
        <span className="bar-side" />
      </header>
      <div className="frame">
        <iframe title="网页" src={props.url} allow="geolocation; microphone; camera" />
      </div>
    </section>
  );
}
