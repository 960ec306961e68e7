import { Button, DatePicker, Form, Input, Modal, Segmented, Select, Table, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useState } from 'react';
import { type Closing, type ClosureView, closeHall, previewClosure } from '../../api/closures.ts';
import { bookableHalls } from '../../api/halls.ts';
import { useLoad } from '../../api/useLoad.ts';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import './ClosuresPage.css';

interface Fields {
  readonly hall: string;
  readonly date: dayjs.Dayjs;
  readonly whole: 'day' | 'part';
  readonly times?: readonly [dayjs.Dayjs, dayjs.Dayjs];
  readonly reason: string;
}

const columns = [
  { title: '时间', width: 120, render: (_: unknown, row: Row) => `${row.start}–${row.end}` },
  { title: '预约号', dataIndex: 'number', width: 150 },
  { title: '事项', dataIndex: 'matter', ellipsis: true },
  { title: '办事人', dataIndex: 'person', width: 96 },
  { title: '电话', width: 130, render: (_: unknown, row: Row) => row.phone ?? '—' },
];
type Row = ClosureView['hit'][number];

/** Closes a hall for a day or hours of it. First whom it hits, then the deed: everybody is told and offered a place. */
export function ClosuresPage(): ReactNode {
  const { staff } = useSession();
  const say = useSay();
  const [form] = Form.useForm<Fields>();
  const whole = Form.useWatch('whole', form) ?? 'day';
  const halls = useLoad(({ signal }) => bookableHalls(signal), []);
  const [looking, setLooking] = useState(false);
  const [closing, setClosing] = useState<Closing | null>(null);
  const [preview, setPreview] = useState<ClosureView | null>(null);
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<ClosureView | null>(null);

  const look = async (fields: Fields): Promise<void> => {
    const asked = closingOf(fields);
    setLooking(true);
    setDone(null);
    try {
      setPreview(await previewClosure(asked));
      setClosing(asked);
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setLooking(false);
    }
  };
  const close = async (): Promise<void> => {
    if (!closing) return;
    setBusy(true);
    try {
      setDone(await closeHall(closing));
      setPreview(null);
      setClosing(null);
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
      setSure(false);
    }
  };
  const name = (id: string): string => halls.data?.find((each) => each.id === id)?.name ?? '';
  return (
    <>
      <PageHeader
        title="临时停办"
        note="台风、停电或系统升级时停办一天或几个小时，已约的人会收到通知和新的时间。"
      />
      <Form<Fields>
        form={form}
        layout="vertical"
        className="panel closures-form"
        requiredMark={false}
        initialValues={{ hall: staff?.hall?.id, whole: 'day', date: dayjs().add(1, 'day') }}
        onFinish={(fields) => void look(fields)}
        onValuesChange={() => {
          setPreview(null);
          setClosing(null);
        }}
      >
        <Form.Item name="hall" label="大厅" rules={[{ required: true, message: '请选择大厅' }]}>
          <Select
            disabled={staff?.hall != null}
            placeholder="选择大厅"
            showSearch={{ optionFilterProp: 'label' }}
            options={(halls.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
          />
        </Form.Item>
        <Form.Item name="date" label="日期" rules={[{ required: true, message: '请选择日期' }]}>
          <DatePicker
            format="YYYY年M月D日 dddd"
            allowClear={false}
            disabledDate={(day: dayjs.Dayjs) => day.isBefore(dayjs(), 'day')}
          />
        </Form.Item>
        <Form.Item name="whole" label="时段">
          <Segmented
            options={[
              { value: 'day', label: '全天' },
              { value: 'part', label: '其中几个小时' },
            ]}
          />
        </Form.Item>
        {whole === 'part' && (
          <Form.Item name="times" label="从几点到几点" rules={[{ required: true, message: '请选择时间' }]}>
            <TimePicker.RangePicker format="HH:mm" minuteStep={15} />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label="原因"
          extra="会写进发给市民的通知，最多 14 个字"
          rules={[{ required: true, min: 2, message: '请写明原因，至少 2 个字' }]}
        >
          <Input maxLength={14} showCount placeholder="例如：台风红色预警停办" />
        </Form.Item>
        <Button
          htmlType="submit"
          loading={looking}
          type={preview ? 'default' : 'primary'}
          data-testid="preview"
        >
          看看影响哪些预约
        </Button>
      </Form>
      {preview && (
        <section className="panel" data-testid="closure-preview">
          <header className="closures-head">
            <h2>{preview.hit.length === 0 ? '没有人受影响' : `影响 ${preview.hit.length} 个预约`}</h2>
            <Button type="primary" danger onClick={() => setSure(true)} data-testid="close-hall">
              停办
            </Button>
          </header>
          {preview.hit.length > 0 && <Hit rows={preview.hit} />}
        </section>
      )}
      {done && (
        <section className="panel" data-testid="closure-done">
          <h2>已停办</h2>
          <p>{`${name(done.hall)} ${dayText(done.date)}${partText(done)}：${done.reason}`}</p>
          <dl className="closures-sums">
            <Sum label="受影响的预约" value={done.hit.length} />
            <Sum label="已另留时间" value={done.offered} />
            <Sum label="没有空位可留" value={done.withoutOffer} />
          </dl>
          {done.withoutOffer > 0 && <p className="field-warn">没有空位的人已收到通知，建议电话联系。</p>}
          {done.hit.length > 0 && <Hit rows={done.hit} />}
        </section>
      )}
      {closing && preview && (
        <Modal
          open={sure}
          title="确认停办"
          okText="停办并通知"
          okButtonProps={{ danger: true }}
          cancelText="先不停办"
          confirmLoading={busy}
          onOk={() => void close()}
          onCancel={() => setSure(false)}
        >
          <p>
            {`${name(closing.hall)} ${dayText(closing.date)}${partText(closing)}停止办理，不能再预约。`}
            {preview.hit.length > 0 &&
              `${preview.hit.length} 个预约会取消，不计爽约；系统为每人另留一个时间，保留 24 小时。`}
          </p>
          <p>停办后不能恢复已取消的预约。</p>
        </Modal>
      )}
    </>
  );
}

function Hit({ rows }: { rows: readonly Row[] }): ReactNode {
  return (
    <Table<Row>
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={rows}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}

function Sum({ label, value }: { label: string; value: number }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}

function closingOf({ hall, date, whole, times, reason }: Fields): Closing {
  const part = whole === 'part' && times;
  return {
    hall,
    date: date.format('YYYY-MM-DD'),
    from: part ? part[0].format('HH:mm') : '00:00',
    to: part ? part[1].format('HH:mm') : '23:59',
    reason: reason.trim(),
  };
}

const dayText = (date: string): string => dayjs(date).format('M月D日 dddd');
const partText = ({ from, to }: Pick<Closing, 'from' | 'to'>): string =>
  from === '00:00' && to === '23:59' ? '全天' : ` ${from}–${to} `;
