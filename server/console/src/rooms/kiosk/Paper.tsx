import { type ReactNode, useEffect, useState } from 'react';
import type { PaperTicket } from '../../api/kiosk.ts';
import { momentText } from '../../parts/dates.ts';

const showSeconds = 15;

/** The ticket on the screen and on paper; the page goes back by itself for the next person. */
export function Paper({ ticket, onDone }: { ticket: PaperTicket; onDone: () => void }): ReactNode {
  const [left, setLeft] = useState(showSeconds);
  useEffect(() => {
    window.print(); // a machine's browser runs with silent printing; elsewhere a dialog opens
    const timer = setInterval(() => setLeft((old) => old - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onDone();
  }, [left, onDone]);
  const { ahead, wait } = ticket;
  return (
    <section className="kiosk-paper">
      <div className="kiosk-slip">
        <p className="kiosk-hall">{ticket.hall}</p>
        <p>
          {ticket.group} · {ticket.kindLabel}号
        </p>
        <b data-testid="paper-label">{ticket.label}</b>
        {ahead !== null && (
          <p className="kiosk-ahead">{ahead === 0 ? '下一位就是您' : `前面还有 ${ahead} 位`}</p>
        )}
        {wait && ahead !== 0 && (
          <p>
            大约等 {Math.round(wait.from)}–{Math.round(wait.to)} 分钟
          </p>
        )}
        {ticket.note && <p>{ticket.note}</p>}
        <small>{momentText(ticket.issuedAt)} 取号 · 当日有效</small>
      </div>
      <button type="button" className="kiosk-main" onClick={onDone}>
        好了（{Math.max(0, left)}）
      </button>
    </section>
  );
}
