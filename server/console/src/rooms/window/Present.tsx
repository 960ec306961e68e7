import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { StaffTicket, WindowView } from '../../api/queue.ts';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import type { Act, actsFor } from './acts.ts';

/** Who is at the window, and the one thing to do next; the ways around it stay quiet below. */
export function Present(props: {
  view: WindowView;
  acts: ReturnType<typeof actsFor>;
  busy: string | null;
  onAct: (act: Act) => void;
}): ReactNode {
  const { view, acts, busy, onAct } = props;
  const { ticket } = view;
  const nobody = !ticket && view.waiting === 0;
  return (
    <section className="window-present" aria-live="polite">
      {ticket ? <Ticket ticket={ticket} /> : <Free waiting={view.waiting} />}
      <div className="window-acts">
        <Button
          type="primary"
          size="large"
          className="window-main"
          loading={busy === acts.main.name}
          disabled={nobody || (busy !== null && busy !== acts.main.name)}
          data-testid={`act-${acts.main.name}`}
          onClick={() => onAct(acts.main)}
        >
          {acts.main.label}
          <kbd>空格</kbd>
        </Button>
        <div className="window-others">
          {acts.others.map((act) => (
            <Button
              key={act.name}
              size="large"
              loading={busy === act.name}
              disabled={busy !== null && busy !== act.name}
              data-testid={`act-${act.name}`}
              onClick={() => onAct(act)}
            >
              {act.label}
              <kbd>{act.key}</kbd>
            </Button>
          ))}
        </div>
      </div>
    </section>
  );
}

function Free({ waiting }: { waiting: number }): ReactNode {
  return (
    <>
      <p className="window-caption">窗口空闲</p>
      <p className="window-label window-label-none figure">
        {waiting > 0 ? `${waiting} 人等候` : '没有人等候'}
      </p>
      <p className="quiet">{waiting > 0 ? '按预约、优先、现场的顺序自动叫号' : '有人取号后这里会自动更新'}</p>
    </>
  );
}

const tones: Readonly<Partial<Record<StaffTicket['state'], Tone>>> = { called: 'needsYou', serving: 'good' };

function Ticket({ ticket }: { ticket: StaffTicket }): ReactNode {
  const facts: ReadonlyArray<readonly [string, string | null]> = [
    ['办理事项', ticket.matter],
    ['办事人', ticket.person],
    ['预约号', ticket.bookingNumber],
    ['窗口类别', ticket.group],
    ['已等', `${ticket.waitedMinutes} 分钟`],
    ['备注', ticket.note],
  ];
  return (
    <>
      <p className="window-caption">
        <StateTag tone={tones[ticket.state] ?? 'quiet'} testId="window-state">
          {ticket.state === 'called' ? `已叫 ${ticket.calls} 次` : ticket.stateLabel}
        </StateTag>
        <StateTag tone={ticket.kind === 'walkIn' ? 'quiet' : 'action'}>{ticket.kindLabel}</StateTag>
        {ticket.misses > 0 && <StateTag tone="bad">过号 {ticket.misses} 次</StateTag>}
      </p>
      <p className="window-label figure" data-testid="window-ticket">
        {ticket.label}
      </p>
      <dl className="window-facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </>
  );
}
