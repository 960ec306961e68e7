import { Button, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  bookAtDesk,
  type DeskBooking as DeskFields,
  daysOf,
  mattersOf,
  slotsOf,
} from '../../api/deskBooking.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useSay } from '../../parts/useSay.tsx';

type Fields = Omit<DeskFields, 'hall'>;

/** Books for somebody at the desk or on the telephone; the number is read out to them at the end. */
export function DeskBooking(props: {
  halls: readonly { readonly id: string; readonly name: string }[];
  hall: string | null;
  onLeave: (booked: boolean) => void;
}): ReactNode {
  const { halls, onLeave } = props;
  const say = useSay();
  const [form] = Form.useForm<Fields>();
  const [hall, setHall] = useState(props.hall ?? halls[0]?.id ?? '');
  const [word, setWord] = useState('');
  const matter = Form.useWatch('matter', form) ?? '';
  const date = Form.useWatch('date', form) ?? '';
  const [busy, setBusy] = useState(false);
  const [number, setNumber] = useState<string | null>(null);
  const matters = useLoad(({ signal }) => mattersOf(hall, word, signal), [hall, word]);
  const days = useLoad(async () => (matter ? daysOf(matter, hall) : []), [matter, hall]);
  const slots = useLoad(
    async () => (matter && date ? slotsOf(matter, hall, date) : []),
    [matter, hall, date],
  );
  const book = async (fields: Fields): Promise<void> => {
    setBusy(true);
    try {
      const { phone, ...rest } = fields;
      setNumber((await bookAtDesk({ ...rest, hall, ...(phone ? { phone } : {}) })).number);
    } catch (thrown) {
      say.failed(thrown);
      slots.reload();
    } finally {
      setBusy(false);
    }
  };
  if (number !== null) {
    return (
      <Modal
        open
        title="约好了"
        onCancel={() => onLeave(true)}
        footer={
          <Button type="primary" onClick={() => onLeave(true)}>
            完成
          </Button>
        }
      >
        <p>请把预约号告诉办事人，到大厅报号或出示身份证取号。</p>
        <p className="bookings-number figure" data-testid="desk-number">
          {number}
        </p>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title="窗口或电话代约"
      okText="预约"
      cancelText="再看看"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={() => onLeave(false)}
    >
      <Failure error={matters.error ?? days.error ?? slots.error} onRetry={matters.reload} />
      <Form form={form} layout="vertical" onFinish={(fields) => void book(fields)}>
        <Form.Item label="大厅">
          <Select
            value={hall}
            options={halls.map((each) => ({ value: each.id, label: each.name }))}
            onChange={(id) => {
              setHall(id);
              form.resetFields(['matter', 'date', 'start']);
            }}
          />
        </Form.Item>
        <Form.Item name="matter" label="事项" rules={[{ required: true, message: '请选事项' }]}>
          <Select
            showSearch={{ filterOption: false, onSearch: setWord }}
            placeholder="搜事项名称"
            options={(matters.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
            onChange={() => form.resetFields(['date', 'start'])}
          />
        </Form.Item>
        <div className="bookings-when">
          <Form.Item name="date" label="日期" rules={[{ required: true, message: '请选日期' }]}>
            <Select
              placeholder="选日期"
              options={(days.data ?? []).map((each) => ({
                value: each.date,
                label: `${each.label}（余 ${each.left}）`,
              }))}
              onChange={() => form.resetFields(['start'])}
            />
          </Form.Item>
          <Form.Item name="start" label="时段" rules={[{ required: true, message: '请选时段' }]}>
            <Select
              placeholder="选时段"
              options={(slots.data ?? []).map((each) => ({
                value: each.start,
                label: `${each.start}–${each.end}（余 ${each.left}）`,
              }))}
            />
          </Form.Item>
        </div>
        <Form.Item name="name" label="办事人姓名" rules={[{ required: true, min: 2, message: '请填姓名' }]}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="idNumber"
          label="身份证号码"
          extra="只用来核对是不是同一个人，不会保存。"
          rules={[{ required: true, pattern: /^\d{17}[\dXx]$/, message: '请填 18 位身份证号码' }]}
        >
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="phone"
          label="联系电话"
          rules={[{ pattern: /^1\d{10}$/, message: '请填 11 位手机号' }]}
        >
          <Input maxLength={11} inputMode="numeric" autoComplete="off" placeholder="没有可以不填" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
