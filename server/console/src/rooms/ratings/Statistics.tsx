import { Button, DatePicker, Empty, Table, Tabs } from 'antd';
import dayjs from 'dayjs';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { type Counts, type RatingStatistics, readStatistics, statisticsFile } from '../../api/ratings.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageWait } from '../../parts/PageWait.tsx';

const LevelsChart = lazy(() => import('./LevelsChart.tsx').then((m) => ({ default: m.LevelsChart })));

const percent = (value: number | null): string => (value === null ? '—' : `${value}%`);

/** Satisfaction by day, department, matter, window and hour; a click on a department or a hall looks closer. */
export function Statistics(): ReactNode {
  const [range, setRange] = useState<[dayjs.Dayjs, dayjs.Dayjs]>([dayjs().subtract(29, 'day'), dayjs()]);
  const [department, setDepartment] = useState<string | null>(null);
  const [hall, setHall] = useState<string | null>(null);
  const [tab, setTab] = useState('department');
  const [from, to] = range.map((each) => each.format('YYYY-MM-DD')) as [string, string];
  const asked = { from, to, department, hall };
  const loaded = useLoad((options) => readStatistics(asked, options), [from, to, department, hall]);
  return (
    <>
      <div className="ratings-range">
        <DatePicker.RangePicker
          allowClear={false}
          value={range}
          format="M月D日"
          presets={[
            { label: '近 7 天', value: [dayjs().subtract(6, 'day'), dayjs()] },
            { label: '近 30 天', value: [dayjs().subtract(29, 'day'), dayjs()] },
            { label: '近 12 个月', value: [dayjs().subtract(364, 'day'), dayjs()] },
          ]}
          onChange={(chosen) => chosen?.[0] && chosen[1] && setRange([chosen[0], chosen[1]])}
        />
        <Button href={statisticsFile(asked)} data-testid="ratings-excel">
          下载 Excel
        </Button>
        {department && <Chosen text={`只看 ${department} 的事项`} onAll={() => setDepartment(null)} />}
        {hall && <Chosen text={`只看 ${hall} 的窗口`} onAll={() => setHall(null)} />}
      </div>
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {loaded.data ? (
        <Report
          data={loaded.data}
          tab={tab}
          onTab={setTab}
          onDepartment={(key) => {
            setDepartment(key);
            setTab('matter');
          }}
          onHall={(key) => {
            setHall(key);
            setTab('window');
          }}
        />
      ) : (
        !loaded.error && <PageWait />
      )}
    </>
  );
}

const Chosen = ({ text, onAll }: { text: string; onAll: () => void }): ReactNode => (
  <span>
    {text}
    <Button type="link" onClick={onAll}>
      看全部
    </Button>
  </span>
);

function Report(props: {
  data: RatingStatistics;
  tab: string;
  onTab: (tab: string) => void;
  onDepartment: (key: string) => void;
  onHall: (key: string) => void;
}): ReactNode {
  const { data, tab, onTab, onDepartment, onHall } = props;
  const { total } = data;
  const table = (rows: readonly Counts[], name: string, onOpen?: (key: string) => void): ReactNode => (
    <CountsTable rows={rows} name={name} {...(onOpen && { onOpen })} />
  );
  return (
    <>
      <dl className="panel ratings-figures">
        <Figure label="满意率（主动评价）" value={percent(total.satisfied)} />
        <Figure label="主动评价" value={total.active.toLocaleString()} />
        <Figure label="差评" value={total.bad.toLocaleString()} />
        <Figure label="到期未评（另计）" value={total.silent.toLocaleString()} />
      </dl>
      <section className="panel">
        <h2>每天</h2>
        {data.byDay.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="这段时间没有评价。" />
        ) : (
          <Suspense fallback={<div style={{ height: 240 }} />}>
            <LevelsChart rows={data.byDay} />
          </Suspense>
        )}
      </section>
      <section className="panel">
        <Tabs
          activeKey={tab}
          onChange={onTab}
          items={[
            { key: 'department', label: '按部门', children: table(data.byDepartment, '部门', onDepartment) },
            { key: 'matter', label: '按事项', children: table(data.byMatter, '事项') },
            { key: 'hall', label: '按大厅', children: table(data.byHall, '大厅', onHall) },
            { key: 'window', label: '按窗口', children: table(data.byWindow, '窗口') },
            { key: 'hour', label: '按时段', children: table(data.byHour, '时段') },
          ]}
        />
      </section>
    </>
  );
}

const Figure = ({ label, value }: { label: string; value: string }): ReactNode => (
  <div>
    <dt>{label}</dt>
    <dd className="figure">{value}</dd>
  </div>
);

function CountsTable(props: {
  rows: readonly Counts[];
  name: string;
  onOpen?: (key: string) => void;
}): ReactNode {
  const { rows, name, onOpen } = props;
  const number = (title: string, of: (row: Counts) => number) => ({
    title,
    align: 'right' as const,
    sorter: (a: Counts, b: Counts) => of(a) - of(b),
    render: (_: unknown, row: Counts) => <span className="figure">{of(row).toLocaleString()}</span>,
  });
  return (
    <Table<Counts>
      rowKey="key"
      size="small"
      dataSource={[...rows]}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有数据。" /> }}
      columns={[
        {
          title: name,
          dataIndex: 'key',
          render: (key: string) =>
            onOpen ? (
              <Button type="link" style={{ padding: 0 }} onClick={() => onOpen(key)}>
                {key}
              </Button>
            ) : (
              key
            ),
        },
        {
          title: '满意率',
          align: 'right',
          sorter: (a, b) => (a.satisfied ?? -1) - (b.satisfied ?? -1),
          render: (_, row) => <span className="figure">{percent(row.satisfied)}</span>,
        },
        number('主动评价', (row) => row.active),
        number('非常满意', (row) => row.levels[4]),
        number('满意', (row) => row.levels[3]),
        number('基本满意', (row) => row.levels[2]),
        number('不满意', (row) => row.levels[1]),
        number('非常不满意', (row) => row.levels[0]),
        number('到期未评', (row) => row.silent),
      ]}
    />
  );
}
