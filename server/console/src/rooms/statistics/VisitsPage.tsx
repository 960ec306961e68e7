import { Button, DatePicker, Empty, Select, Table, Tabs } from 'antd';
import dayjs from 'dayjs';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { bookableHalls } from '../../api/halls.ts';
import { hallNow } from '../../api/hallTime.ts';
import { useLoad } from '../../api/useLoad.ts';
import {
  type BookedRow,
  readVisits,
  type VisitsReport,
  type VisitsRow,
  visitsFile,
} from '../../api/visits.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSession } from '../../session/Session.tsx';
import './StatisticsPage.css';

const VisitsChart = lazy(() => import('./VisitsChart.tsx').then((m) => ({ default: m.VisitsChart })));

const dayText = (day: string): string => dayjs(day).format('M月D日');

/** Waiting, service time and no-shows of a hall, counted from what happened; a click on a kind of windows looks closer. */
export function VisitsPage(): ReactNode {
  const { staff } = useSession();
  const own = staff?.hall?.id ?? null;
  const halls = useLoad(({ signal }) => bookableHalls(signal), []);
  const [hall, setHall] = useState(own ?? 'district');
  const [range, setRange] = useState<[dayjs.Dayjs, dayjs.Dayjs]>([hallNow().subtract(6, 'day'), hallNow()]);
  const [group, setGroup] = useState<string | null>(null);
  const [from, to] = range.map((each) => each.format('YYYY-MM-DD')) as [string, string];
  const asked = { hall, from, to, group };
  const loaded = useLoad((options) => readVisits(asked, options), [hall, from, to, group], 60_000);
  const { data } = loaded;
  return (
    <>
      <PageHeader
        title="办事统计"
        note="由每张号票和每个预约的经过重新计算，与现场记录一致。"
        actions={
          <>
            <Select
              style={{ width: 220 }}
              value={hall}
              disabled={own !== null}
              showSearch={{ optionFilterProp: 'label' }}
              options={(halls.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
              onChange={(id) => {
                setHall(id);
                setGroup(null);
              }}
            />
            <DatePicker.RangePicker
              allowClear={false}
              value={range}
              format="M月D日"
              presets={[
                { label: '今天', value: [hallNow(), hallNow()] },
                { label: '近 7 天', value: [hallNow().subtract(6, 'day'), hallNow()] },
                { label: '近 30 天', value: [hallNow().subtract(29, 'day'), hallNow()] },
                { label: '近 12 个月', value: [hallNow().subtract(364, 'day'), hallNow()] },
              ]}
              onChange={(chosen) => chosen?.[0] && chosen[1] && setRange([chosen[0], chosen[1]])}
            />
            <Button href={visitsFile(asked)} data-testid="excel">
              下载 Excel
            </Button>
          </>
        }
      />
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {data ? <Report data={data} onGroup={setGroup} /> : !loaded.error && <PageWait />}
    </>
  );
}

function Report({
  data,
  onGroup,
}: {
  data: VisitsReport;
  onGroup: (group: string | null) => void;
}): ReactNode {
  const { total } = data;
  const booked = data.bookedByDay.reduce((sum, row) => sum + row.booked, 0);
  const noShow = data.bookedByDay.reduce((sum, row) => sum + row.noShow, 0);
  const oneDay = data.byDay.length <= 1;
  return (
    <>
      {data.group && (
        <p>
          只看 <strong>{data.group}</strong> 窗口{' '}
          <Button type="link" onClick={() => onGroup(null)}>
            看全部窗口
          </Button>
        </p>
      )}
      <dl className="panel statistics-figures">
        <Figure label="取号" value={total.tickets.toLocaleString()} />
        <Figure label="办结" value={total.served.toLocaleString()} />
        <Figure label="平均等候" value={total.waitMinutes === null ? '—' : `${total.waitMinutes} 分钟`} />
        <Figure
          label="平均办理"
          value={total.serviceMinutes === null ? '—' : `${total.serviceMinutes} 分钟`}
        />
        <Figure
          label={data.group ? '爽约率（全部窗口）' : '爽约率'}
          value={booked === 0 ? '—' : `${Math.round((noShow / booked) * 1000) / 10}%`}
        />
      </dl>
      <section className="panel">
        <h2>{oneDay ? '每小时' : '每天'}</h2>
        {total.tickets === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="这段时间没有人取号。" />
        ) : (
          <Suspense fallback={<div style={{ height: 240 }} />}>
            {oneDay ? (
              <VisitsChart rows={data.byHour} label="每小时取号" />
            ) : (
              <VisitsChart rows={data.byDay} nameOf={dayText} label="每天取号" />
            )}
          </Suspense>
        )}
      </section>
      <section className="panel">
        <Tabs
          items={[
            {
              key: 'group',
              label: '按窗口类别',
              children: <Visits rows={data.byGroup} name="窗口类别" onOpen={onGroup} />,
            },
            { key: 'matter', label: '按事项', children: <Visits rows={data.byMatter} name="事项" /> },
            { key: 'hour', label: '按时段', children: <Visits rows={data.byHour} name="时段" /> },
            { key: 'window', label: '按窗口', children: <Visits rows={data.byWindow} name="窗口" /> },
            {
              key: 'noShow',
              label: '爽约（日期）',
              children: <Booked rows={data.bookedByDay} name="日期" nameOf={dayText} />,
            },
            {
              key: 'noShowMatter',
              label: '爽约（事项）',
              children: <Booked rows={data.bookedByMatter} name="事项" />,
            },
          ]}
        />
      </section>
    </>
  );
}

const empty = <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有数据。" />;
const paging = { pageSize: 20, hideOnSinglePage: true, showSizeChanger: false };

function Visits(props: {
  rows: readonly VisitsRow[];
  name: string;
  onOpen?: (key: string) => void;
}): ReactNode {
  const { rows, name, onOpen } = props;
  const number = (
    title: string,
    key: 'tickets' | 'served' | 'missed' | 'left' | 'waitMinutes' | 'longestWait' | 'serviceMinutes',
  ) => ({
    title,
    dataIndex: key,
    align: 'right' as const,
    sorter: (a: VisitsRow, b: VisitsRow) => (a[key] ?? -1) - (b[key] ?? -1),
    render: (value: number | null) => (
      <span className="figure">{value === null ? '—' : value.toLocaleString()}</span>
    ),
  });
  return (
    <Table<VisitsRow>
      rowKey="key"
      size="small"
      locale={{ emptyText: empty }}
      dataSource={[...rows]}
      pagination={paging}
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
        number('取号', 'tickets'),
        number('办结', 'served'),
        number('过号', 'missed'),
        number('放弃', 'left'),
        number('平均等候（分）', 'waitMinutes'),
        number('最长等候（分）', 'longestWait'),
        number('平均办理（分）', 'serviceMinutes'),
      ]}
    />
  );
}

function Booked(props: {
  rows: readonly BookedRow[];
  name: string;
  nameOf?: (key: string) => string;
}): ReactNode {
  const { rows, name, nameOf } = props;
  const number = (title: string, key: 'booked' | 'done' | 'noShow' | 'cancelled') => ({
    title,
    dataIndex: key,
    align: 'right' as const,
    sorter: (a: BookedRow, b: BookedRow) => a[key] - b[key],
    render: (value: number) => <span className="figure">{value.toLocaleString()}</span>,
  });
  return (
    <Table<BookedRow>
      rowKey="key"
      size="small"
      locale={{ emptyText: empty }}
      dataSource={[...rows]}
      pagination={paging}
      columns={[
        { title: name, dataIndex: 'key', render: (key: string) => (nameOf ? nameOf(key) : key) },
        number('预约', 'booked'),
        number('办结', 'done'),
        number('爽约', 'noShow'),
        number('取消和改期', 'cancelled'),
      ]}
    />
  );
}

function Figure({ label, value }: { label: string; value: string }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}
