import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import type { StaffQueue, StaffTicket, WindowView } from '../../api/queue.ts';
import type { LastTicket } from './lastTickets.ts';

/** What is around the desk: who waits, who comes back, who was here. */
export function Beside(props: {
  view: WindowView;
  lines: StaffQueue['lines'];
  last: readonly LastTicket[];
  busy: string | null;
  onResume: (ticket: StaffTicket) => void;
  onGroups: () => void;
  onClose: () => void;
}): ReactNode {
  const { view, lines, last, busy, onResume, onGroups, onClose } = props;
  const mine = lines.filter((line) => view.groups.includes(line.group));
  return (
    <aside className="window-beside">
      {view.open && (
        <section className="panel">
          <header>
            <h2>等候</h2>
            <Button type="text" size="small" onClick={onGroups} data-testid="edit-groups">
              调整类别
            </Button>
          </header>
          <ul className="window-lines">
            {mine.map((line) => (
              <li key={line.group}>
                <span>
                  {line.group}
                  <small>
                    预约 {line.booked} · 优先 {line.priority} · 现场 {line.walkIn}
                  </small>
                </span>
                <strong className="figure">{line.waiting}</strong>
              </li>
            ))}
            {mine.length === 0 && <li className="quiet">{view.groups.join('、')}</li>}
          </ul>
        </section>
      )}
      {view.parked.length > 0 && (
        <section className="panel">
          <h2>稍后继续</h2>
          <ul className="window-lines">
            {view.parked.map((ticket) => (
              <li key={ticket.id}>
                <span>
                  <b className="figure">{ticket.label}</b>
                  <small>{ticket.matter ?? ticket.group}</small>
                </span>
                <Button
                  size="small"
                  disabled={view.ticket !== null}
                  loading={busy === `resume ${ticket.id}`}
                  title={view.ticket ? '先办完当前的号' : undefined}
                  onClick={() => onResume(ticket)}
                >
                  继续办理
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="panel">
        <h2>刚才的号</h2>
        {last.length === 0 ? (
          <p className="quiet">办过的号会列在这里</p>
        ) : (
          <ul className="window-lines">
            {last.map((each) => (
              <li key={`${each.label} ${each.at} ${each.what}`}>
                <b className="figure">{each.label}</b>
                <small>
                  {each.what} {each.at}
                </small>
              </li>
            ))}
          </ul>
        )}
      </section>
      {view.open && (
        <Popconfirm
          title="关闭这个窗口"
          description="关闭后不再叫号，等候的人由其他窗口办理。"
          okText="关闭窗口"
          cancelText="继续开放"
          disabled={view.ticket !== null}
          onConfirm={onClose}
        >
          <Button
            block
            loading={busy === 'close'}
            disabled={view.ticket !== null}
            title={view.ticket ? '先办完当前的号' : undefined}
            data-testid="close-window"
          >
            暂停叫号，关闭窗口
          </Button>
        </Popconfirm>
      )}
    </aside>
  );
}
