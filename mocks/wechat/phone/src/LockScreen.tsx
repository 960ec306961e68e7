import { clock, longDay } from './words.ts';

export function LockScreen({ now }: { now: number }) {
  return (
    <div className="lock">
      <p className="lock-time">{clock(now)}</p>
      <p className="lock-day">{longDay(now)}</p>
      <p className="lock-hint">在左边选一位市民，打开这部手机</p>
    </div>
  );
}
