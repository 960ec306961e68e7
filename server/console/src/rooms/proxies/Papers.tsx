import { Button, DatePicker, Empty, Form, Input, Modal, Table, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useState } from 'react';
import { type AuthorisationView, findPapers, recordPaper, revokePaper } from '../../api/proxies.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { Ask } from './Ask.tsx';

/** Authorisations on paper, for people without a phone to confirm with. */
export function Papers(): ReactNode {
  const say = useSay();
  const [q, setQ] = useState('');
  const list = useLoad((options) => findPapers(q, options), [q], 60_000);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<AuthorisationView | null>(null);
  const columns: TableColumnsType<AuthorisationView> = [
    { title: '授权书编号', dataIndex: 'paperNumber', width: 170, className: 'figure' },
    { title: '授权人', dataIndex: 'principal', width: 110 },
    { title: '代办人', dataIndex: 'agent', width: 110 },
    {
      title: '事项',
      ellipsis: true,
      render: (_, row) =>
        row.matters.length === 0 ? '不限' : row.matters.map((each) => each.name).join('、'),
    },
    { title: '有效期至', dataIndex: 'validUntil', width: 120, className: 'figure' },
    { title: '登记时间', width: 160, render: (_, row) => momentText(row.createdAt) },
    {
      title: '状态',
      width: 100,
      render: (_, row) => (
        <StateTag tone={row.state === 'active' ? 'good' : 'quiet'}>{row.stateLabel}</StateTag>
      ),
    },
    {
      title: '',
      width: 90,
      render: (_, row) =>
        row.state === 'active' && (
          <Button type="link" danger onClick={() => setEnding(row)}>
            解除
          </Button>
        ),
    },
  ];
  return (
    <>
      <div className="proxies-tools">
        <Button type="primary" data-testid="add-paper" onClick={() => setAdding(true)}>
          登记授权书
        </Button>
        <Input.Search
          aria-label="授权书编号"
          placeholder="授权书编号"
          allowClear
          maxLength={40}
          onSearch={(text) => setQ(text.trim())}
        />
      </div>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<AuthorisationView>
        rowKey="id"
        columns={columns}
        dataSource={list.data?.authorisations ?? []}
        loading={list.loading && !list.data}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{
          emptyText: list.data ? (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={q ? '没有这个编号。' : '还没有登记过授权书。'}
            />
          ) : (
            ' '
          ),
        }}
      />
      {adding && (
        <Add
          onLeave={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            list.reload();
          }}
        />
      )}
      {ending && (
        <Ask
          title={`解除 ${ending.principal ?? ''} 的授权`}
          text="解除后代办人不能再替约；已约好的不受影响。"
          action="解除"
          needed
          danger
          onAct={async (reason) => {
            await revokePaper(ending.id, reason);
            say.done('已解除');
            setEnding(null);
            list.reload();
          }}
          onLeave={() => setEnding(null)}
        />
      )}
    </>
  );
}

interface Fields {
  readonly paperNumber: string;
  readonly agentIdNumber: string;
  readonly principalName: string;
  readonly principalIdNumber: string;
  readonly until: dayjs.Dayjs;
}

function Add(props: { onDone: () => void; onLeave: () => void }): ReactNode {
  const say = useSay();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const add = async ({ until, ...rest }: Fields): Promise<void> => {
    setBusy(true);
    try {
      await recordPaper({ ...rest, validUntil: until.format('YYYY-MM-DD') });
      say.done('已登记');
      props.onDone();
    } catch (thrown) {
      say.failed(thrown);
      setBusy(false);
    }
  };
  const idRule = { required: true, pattern: /^[0-9]{17}[0-9Xx]$/, message: '请填 18 位身份证号码' };
  return (
    <Modal
      open
      title="登记授权书"
      okText="登记"
      cancelText="再看看"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={props.onLeave}
    >
      <p className="proxies-why">请当面核对授权书和双方身份证原件。身份证号码只用来核对，不会保存。</p>
      <Form form={form} layout="vertical" className="proxies-form" onFinish={(fields) => void add(fields)}>
        <Form.Item
          name="paperNumber"
          label="授权书编号"
          rules={[{ required: true, min: 3, message: '请填编号' }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="principalName"
          label="授权人姓名"
          rules={[{ required: true, min: 2, message: '请填姓名' }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="principalIdNumber" label="授权人身份证号码" rules={[idRule]}>
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
        <Form.Item name="agentIdNumber" label="代办人身份证号码" rules={[idRule]}>
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
        <Form.Item name="until" label="有效期至" rules={[{ required: true, message: '请选日期' }]}>
          <DatePicker
            format="YYYY年M月D日"
            disabledDate={(day) => day.isBefore(dayjs(), 'day') || day.isAfter(dayjs().add(366, 'day'))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
