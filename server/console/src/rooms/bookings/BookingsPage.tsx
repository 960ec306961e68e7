import { Button, DatePicker, Empty, Input, Modal, Select, Space, Table, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import {
  type BookingRow,
  type BookingState,
  cancelBooking,
  findBookings,
  type StaffBookings,
} from '../../api/bookings.ts';
import { bookableHalls } from '../../api/halls.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import { countByHour } from './byHour.ts';
import { DeskBooking } from './DeskBooking.tsx';
import './BookingsPage.css';

const HourChart = lazy(() => import('./HourChart.tsx').then((m) => ({ default: m.HourChart })));

const toneOf: Readonly<Record<BookingState, Tone>> = {
  held: 'quiet',
  booked: 'action',
  checkedIn: 'needsYou',
  serving: 'needsYou',
  done: 'good',
  cancelled: 'quiet',
  cancelledByHall: 'quiet',
  expired: 'quiet',
  noShow: 'bad',
  rescheduled: 'quiet',
};

const columns: TableColumnsType<BookingRow> = [
  {
    title: '时间',
    width: 128,
    className: 'figure',
    render: (_, row) => (
      <strong>
        {row.start}–{row.end}
      </strong>
    ),
  },
  {
    title: '预约号',
    width: 148,
    className: 'figure',
    render: (_, row) => (
      <>
        {row.number}
        <small className="bookings-more">{row.channel}</small>
      </>
    ),
  },
  { title: '事项', dataIndex: 'matter', ellipsis: true },
  {
    title: '大厅',
    ellipsis: true,
    render: (_, row) => (row.zone ? `${row.hall} · ${row.zone}` : row.hall),
  },
  {
    title: '办事人',
    width: 190,
    render: (_, row) => (
      <>
        {row.person}
        <small className="bookings-more figure">{row.phone}</small>
        {row.served && <small className="bookings-more">替 {row.served}</small>}
        {row.priority && <small className="bookings-more">优先：{row.priority}</small>}
      </>
    ),
  },
  {
    title: '状态',
    width: 116,
    render: (_, row) => <StateTag tone={toneOf[row.state]}>{row.stateLabel}</StateTag>,
  },
];

/** As many as the server puts on a page. */
const pageSize = 50;

/** Who comes today, or on any other day. Names and phones arrive masked. */
export function BookingsPage(): ReactNode {
  const { staff, may } = useSession();
  const [booking, setBooking] = useState(false);
  const [ending, setEnding] = useState<BookingRow | null>(null);
  const [date, setDate] = useState<string | null>(null);
  const [hall, setHall] = useState<string | null>(staff?.hall?.id ?? null);
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const halls = useLoad(({ signal }) => bookableHalls(signal), []);
  const found = useLoad(
    (options) => findBookings({ date, hall, q, page }, options),
    [date, hall, q, page],
    15_000,
  );
  const { data } = found;
  const answered = data !== null;
  const isToday = date === null;
  const filtered = hall !== null || q !== '';
  const step = (days: number): void => {
    if (!data) return;
    setDate(
      dayjs(date ?? data.date)
        .add(days, 'day')
        .format('YYYY-MM-DD'),
    );
    setPage(1);
  };
  return (
    <>
      <PageHeader
        title={isToday ? '今日预约' : '预约'}
        note={data && dayjs(data.date).format('YYYY年M月D日 dddd')}
        actions={
          <Space>
            {may('queue.call') && (
              <Button type="primary" data-testid="desk-booking" onClick={() => setBooking(true)}>
                窗口代约
              </Button>
            )}
            <Button icon={<Icon name="refresh" size={18} />} loading={found.loading} onClick={found.reload}>
              刷新
            </Button>
          </Space>
        }
      />
      <div className="bookings-filters">
        <DatePicker
          aria-label="日期"
          value={data ? dayjs(date ?? data.date) : null}
          allowClear={false}
          format="M月D日 dddd"
          onChange={(day: dayjs.Dayjs | null) => {
            setDate(day ? day.format('YYYY-MM-DD') : null);
            setPage(1);
          }}
        />
        <div className="bookings-steps">
          <Button icon={<Icon name="back" size={16} />} aria-label="前一天" onClick={() => step(-1)} />
          <Button icon={<Icon name="chevron" size={16} />} aria-label="后一天" onClick={() => step(1)} />
        </div>
        {!isToday && (
          <Button
            type="text"
            onClick={() => {
              setDate(null);
              setPage(1);
            }}
          >
            回到今天
          </Button>
        )}
        <Select
          aria-label="大厅"
          className="bookings-hall"
          value={hall ?? ''}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: '全部大厅' },
            ...(halls.data ?? []).map((each) => ({ value: each.id, label: each.name })),
          ]}
          onChange={(id) => {
            setHall(id === '' ? null : id);
            setPage(1);
          }}
        />
        <Input.Search
          aria-label="查找"
          className="bookings-search"
          placeholder="预约号或事项"
          maxLength={40}
          allowClear
          onSearch={(text) => {
            setQ(text.trim());
            setPage(1);
          }}
        />
      </div>
      <Failure error={found.error} onRetry={found.reload} />
      {data && <Overview data={data} />}
      <Table<BookingRow>
        rowKey="id"
        columns={may('bookings.manage') ? [...columns, actsColumn(setEnding)] : columns}
        dataSource={data?.rows ?? []}
        loading={found.loading && !data}
        scroll={data?.rows.length ? { x: 900 } : {}}
        pagination={{
          current: page,
          total: data?.total ?? 0,
          pageSize,
          showSizeChanger: false,
          hideOnSinglePage: true,
          onChange: setPage,
          showTotal: (total) => `共 ${total} 条`,
        }}
        locale={{
          emptyText: answered ? (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={filtered ? '没有符合条件的预约，换个条件试试。' : '这一天还没有人预约。'}
            />
          ) : (
            ' '
          ),
        }}
      />
      {booking && halls.data && (
        <DeskBooking
          halls={halls.data}
          hall={hall}
          onLeave={(booked) => {
            setBooking(false);
            if (booked) found.reload();
          }}
        />
      )}
      {ending && (
        <CancelOne
          row={ending}
          onLeave={() => setEnding(null)}
          onDone={() => {
            setEnding(null);
            found.reload();
          }}
        />
      )}
    </>
  );
}

const actsColumn = (onEnd: (row: BookingRow) => void): TableColumnsType<BookingRow>[number] => ({
  title: '',
  width: 76,
  render: (_, row) =>
    row.state === 'booked' && (
      <Button type="link" size="small" danger data-testid="cancel-one" onClick={() => onEnd(row)}>
        取消
      </Button>
    ),
});

/** Says what will happen before one booking is ended. */
function CancelOne(props: { row: BookingRow; onDone: () => void; onLeave: () => void }): ReactNode {
  const { row, onDone, onLeave } = props;
  const say = useSay();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const cancel = async (): Promise<void> => {
    setBusy(true);
    try {
      await cancelBooking(row.id, reason.trim());
      say.done('已取消，并通知了办事人');
      onDone();
    } catch (thrown) {
      say.failed(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={`取消 ${row.person} ${row.start} 的预约`}
      okText="取消这个预约"
      cancelText="再看看"
      confirmLoading={busy}
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
      onOk={() => void cancel()}
      onCancel={onLeave}
    >
      <p>不计爽约。会立即通知办事人，并尽量为他另留一个时间，保留 24 小时。</p>
      <Input
        aria-label="原因"
        maxLength={14}
        showCount
        placeholder="例如：窗口临时停电"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}

function Overview({ data }: { data: StaffBookings }): ReactNode {
  const hours = countByHour(data.starts);
  return (
    <section className={hours.length > 0 ? 'bookings-overview' : 'bookings-overview bookings-calm'}>
      <dl>
        <Figure label="待到访" value={data.counts.booked} />
        <Figure label="已办结" value={data.counts.done} />
        <Figure label="已取消" value={data.counts.cancelled} />
        <Figure label="未到" value={data.counts.noShow} />
      </dl>
      {hours.length > 0 && (
        <figure>
          <figcaption>各时段预约人数</figcaption>
          <Suspense fallback={<div style={{ height: 150 }} />}>
            <HourChart hours={hours} />
          </Suspense>
        </figure>
      )}
    </section>
  );
}

function Figure({ label, value }: { label: string; value: number }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figure">{value.toLocaleString()}</dd>
    </div>
  );
}
