import { App, Button, DatePicker, Drawer, Form, Input, Select, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { type ReactNode, useState } from 'react';
import { type Closure, type ClosureView, closeHall, previewClosure } from '../../api/bookings.ts';
import type { HallChoice } from '../../api/halls.ts';
import { useSay } from '../../parts/useSay.tsx';

interface Values {
  readonly hall: string;
  readonly date: Dayjs;
  readonly time?: readonly [Dayjs, Dayjs] | null;
  readonly reason: string;
}

const closureOf = ({ hall, date, time, reason }: Values): Closure => ({
  hall,
  date: date.format('YYYY-MM-DD'),
  from: time?.[0].format('HH:mm') ?? '00:00',
  to: time?.[1].format('HH:mm') ?? '23:59',
  reason: reason.trim(),
});

/** Closes a hall for a day or a part of it: first whom it hits, then the act. */
export function ClosureDrawer(props: {
  open: boolean;
  halls: readonly HallChoice[];
  hall: string | null;
  onClose: () => void;
  onClosed: () => void;
}): ReactNode {
  const say = useSay();
  const { modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [hit, setHit] = useState<ClosureView | null>(null);

  const run = async <T,>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    try {
      return await work();
    } catch (thrown) {
      say.failed(thrown);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const preview = async (values: Values): Promise<void> =>
    setHit(await run(() => previewClosure(closureOf(values))));
  const close = async (): Promise<void> => {
    if (!hit) return;
    const sure = await modal.confirm({
      title: '确定停办？',
      content: `${hit.hit.length} 位市民的预约会取消并收到通知，不计爽约。停办后不能撤回已发的通知。`,
      okText: '停办并通知',
      okButtonProps: { danger: true, 'data-testid': 'confirm' },
    });
    if (!sure) return;
    const done = await run(() => closeHall(closureOf(form.getFieldsValue())));
    if (!done) return;
    say.done(
      done.withoutOffer > 0
        ? `已停办，${done.offered} 人已另留名额，${done.withoutOffer} 人没有合适的名额`
        : '已停办，受影响的市民会收到通知',
    );
    setHit(null);
    props.onClosed();
  };
  return (
    <Drawer
      open={props.open}
      title="大厅停办"
      size={440}
      onClose={props.onClose}
      footer={
        <div className="closure-acts">
          {hit ? (
            <Button
              type="primary"
              danger
              loading={busy}
              onClick={() => void close()}
              data-testid="close-hall"
            >
              停办并通知 {hit.hit.length} 人
            </Button>
          ) : (
            <Button type="primary" loading={busy} onClick={() => form.submit()} data-testid="preview-closure">
              查看影响
            </Button>
          )}
          <Button onClick={props.onClose}>取消</Button>
        </div>
      }
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ hall: props.hall ?? undefined, date: dayjs() }}
        onValuesChange={() => setHit(null)}
        onFinish={(values) => void preview(values)}
      >
        <Form.Item name="hall" label="大厅" rules={[{ required: true, message: '请选择大厅' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={props.halls.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="date" label="日期" rules={[{ required: true, message: '请选择日期' }]}>
          <DatePicker allowClear={false} format="YYYY年M月D日 dddd" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="time" label="时段" extra="不填表示全天。">
          <TimePicker.RangePicker format="HH:mm" minuteStep={30} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label="原因"
          extra="会告诉市民，最多 14 个字。"
          rules={[
            { required: true, message: '请填写原因' },
            { min: 2, message: '至少 2 个字' },
          ]}
        >
          <Input maxLength={14} showCount placeholder="例：台风红色预警停办" />
        </Form.Item>
      </Form>
      {hit && (
        <section className="closure-hit">
          <h3>
            影响 <strong className="figure">{hit.hit.length}</strong> 个预约
          </h3>
          <ul>
            {hit.hit.slice(0, 50).map((row) => (
              <li key={row.id} className="figure">
                <span>{row.start}</span>
                <span>{row.person}</span>
                <span className="quiet">{row.matter}</span>
              </li>
            ))}
          </ul>
          {hit.hit.length > 50 && <p className="quiet">另有 {hit.hit.length - 50} 个未列出。</p>}
        </section>
      )}
    </Drawer>
  );
}
