import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { readSystems, type SystemsView, type SystemView } from '../../api/systems.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { Sparkline } from './Sparkline.tsx';
import { agoWords, failedShare, moodLooks, msWords, sentOf, shareWords } from './words.ts';
import './systems.css';

/** The government's systems at a glance: what needs somebody first. */
export function SystemsPage(): ReactNode {
  const load = useLoad((options) => readSystems(options), [], 10_000);
  const navigate = useNavigate();
  const { data } = load;
  return (
    <>
      <PageHeader
        title="外部系统"
        note={data ? headline(data) : '各政务系统的状态、调用和开关。'}
        actions={data && <span className="quiet figure">更新于 {clockOf(data.now)}，每 10 秒刷新</span>}
      />
      {load.error && data && (
        <p className="systems-stale" role="status">
          下面是 {momentText(data.now)} 的情况，可能已经变化。
        </p>
      )}
      <Failure error={load.error} onRetry={load.reload} />
      {!data && load.loading && <PageWait />}
      {data && (
        <Table<SystemView>
          rowKey="id"
          columns={columnsAt(data.now)}
          dataSource={data.systems}
          pagination={false}
          onRow={(row) => ({
            className: 'row-link',
            onClick: () => navigate(`/systems/${row.id}`),
            'data-testid': `system-${row.id}`,
          })}
        />
      )}
    </>
  );
}

const clockOf = (iso: string): string => momentText(iso).slice(-5);

function headline({ systems }: SystemsView): string {
  const used = systems.filter(({ mood }) => mood !== 'absent');
  const troubled = used.filter(({ mood }) => mood === 'down' || mood === 'shaky');
  const off = used.filter(({ mood }) => mood === 'off');
  const parts = [
    troubled.length === 0 ? `${used.length} 个系统没有异常` : `${troubled.length} 个系统异常`,
    ...(off.length > 0 ? [`${off.length} 个已关闭`] : []),
  ];
  return `${parts.join('，')}。`;
}

const columnsAt = (now: string): TableColumnsType<SystemView> => [
  {
    title: '系统',
    render: (_, row) => (
      <Link to={`/systems/${row.id}`} className="systems-name" onClick={(event) => event.stopPropagation()}>
        {row.name}
      </Link>
    ),
  },
  {
    title: '状态',
    width: 250,
    render: (_, row) => (
      <>
        <StateTag tone={moodLooks[row.mood].tone} testId={`mood-${row.id}`}>
          {moodLooks[row.mood].label}
        </StateTag>
        <small className="systems-why">{row.off ? `${row.off.by}：${row.off.reason}` : row.moodWords}</small>
      </>
    ),
  },
  { title: '近一小时', width: 164, render: (_, row) => <Sparkline minutes={row.minutes} /> },
  {
    title: '调用',
    width: 80,
    align: 'right',
    className: 'figure',
    render: (_, row) => sentOf(row.hour).toLocaleString(),
  },
  {
    title: '失败率',
    width: 90,
    align: 'right',
    className: 'figure',
    render: (_, row) => {
      const share = failedShare(row.hour);
      return <span className={share ? 'systems-bad' : ''}>{shareWords(share)}</span>;
    },
  },
  {
    title: '用时 p50 / p95',
    width: 170,
    align: 'right',
    className: 'figure',
    render: (_, row) => (row.hour.p50 === null ? '—' : `${msWords(row.hour.p50)} / ${msWords(row.hour.p95)}`),
  },
  {
    title: '最近正常',
    width: 110,
    className: 'figure',
    render: (_, row) => (row.lastGoodAt ? agoWords(row.lastGoodAt, now) : '—'),
  },
  {
    title: '待送达',
    width: 130,
    className: 'figure',
    render: (_, row) =>
      !row.outbox || row.outbox.waiting === 0 ? (
        <span className="quiet">{row.outbox ? '0' : '—'}</span>
      ) : (
        <>
          {row.outbox.waiting} 条
          {row.outbox.oldestAt && (
            <small className="systems-why">最早 {agoWords(row.outbox.oldestAt, now)}</small>
          )}
        </>
      ),
  },
];
