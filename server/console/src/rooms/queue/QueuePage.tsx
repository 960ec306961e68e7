import { Select, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { bookableHalls } from '../../api/halls.ts';
import { readQueue, type StaffQueue } from '../../api/queue.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSession } from '../../session/Session.tsx';
import { Machines } from './Machines.tsx';
import './QueuePage.css';

type Line = StaffQueue['lines'][number];

const columns: TableColumnsType<Line> = [
  { title: '类别', dataIndex: 'group', render: (_, line) => <strong>{line.group}</strong> },
  { title: '区', dataIndex: 'zone', width: 64 },
  { title: '等候', dataIndex: 'waiting', width: 88, align: 'right', className: 'figure' },
  { title: '预约', dataIndex: 'booked', width: 80, align: 'right', className: 'figure quiet' },
  { title: '优先', dataIndex: 'priority', width: 80, align: 'right', className: 'figure quiet' },
  { title: '现场', dataIndex: 'walkIn', width: 80, align: 'right', className: 'figure quiet' },
  { title: '最久已等', width: 110, align: 'right', className: 'figure', render: (_, line) => longest(line) },
  { title: '再来约等', width: 140, align: 'right', className: 'figure', render: (_, line) => waitText(line) },
  { title: '开放窗口', dataIndex: 'windowsOpen', width: 100, align: 'right', className: 'figure' },
];

const longest = (line: Line): string => (line.waiting === 0 ? '—' : `${line.longestMinutes} 分钟`);
const waitText = ({ wait, windowsOpen }: Line): ReactNode => {
  if (windowsOpen === 0) return <span className="quiet">没有窗口</span>;
  return wait ? `${Math.round(wait.from)}–${Math.round(wait.to)} 分钟` : '—';
};

/** The hall as it is now: who waits where, which windows call, which machines are alive. */
export function QueuePage(): ReactNode {
  const { staff } = useSession();
  const ownHall = staff?.hall?.id ?? null;
  const [picked, setPicked] = useState<string | null>(ownHall);
  const halls = useLoad(({ signal }) => bookableHalls(signal), []);
  const hall = picked ?? halls.data?.[0]?.id ?? null;
  const queue = useLoad(async (options) => (hall ? readQueue(hall, options) : null), [hall], 5_000);
  const { data } = queue;
  return (
    <>
      <PageHeader
        title="大厅实况"
        note={data ? `${momentText(data.asOf)} 更新` : ' '}
        actions={
          <Select
            aria-label="大厅"
            className="queue-hall"
            value={hall}
            disabled={ownHall !== null}
            showSearch={{ optionFilterProp: 'label' }}
            options={(halls.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
            onChange={setPicked}
          />
        }
      />
      <Failure error={queue.error ?? halls.error} onRetry={queue.reload} />
      {!data && queue.loading && <PageWait />}
      {data && hall && (
        <>
          <Today queue={data} />
          <Table<Line>
            rowKey={(line) => `${line.zone} ${line.group}`}
            columns={columns}
            dataSource={data.lines}
            pagination={false}
            size="small"
          />
          <Windows windows={data.windows} />
          <Machines hall={hall} queue={data} onChange={queue.reload} />
        </>
      )}
    </>
  );
}

function Today({ queue }: { queue: StaffQueue }): ReactNode {
  const { issued, served, missed, left } = queue.today;
  const sum = (of: (line: Line) => number): number => queue.lines.reduce((all, line) => all + of(line), 0);
  const facts: ReadonlyArray<readonly [string, number]> = [
    ['正在等候', sum((line) => line.waiting)],
    ['开放窗口', queue.windows.filter((each) => each.open).length],
    ['今天取号', issued],
    ['已办结', served],
    ['过号', missed],
    ['自行离开', left],
  ];
  return (
    <dl className="queue-today panel">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figure">{value.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}

function Windows({ windows }: { windows: StaffQueue['windows'] }): ReactNode {
  const open = windows.filter((each) => each.open);
  return (
    <section className="panel">
      <h2>正在开放的窗口</h2>
      {open.length === 0 ? (
        <p className="quiet">还没有窗口开放。窗口人员在「窗口叫号」里开放。</p>
      ) : (
        <ul className="queue-windows">
          {open.map((each) => (
            <li key={each.number} className={each.ticket ? 'queue-busy' : undefined}>
              <b className="figure">{each.number}</b>
              <span className="figure">{each.ticket ?? '空闲'}</span>
              <small>{[each.staff, each.groups.join('、')].filter(Boolean).join(' · ')}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
