import { Button, Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { findPayments, type PaymentState, type StaffPayment } from '../../api/payments.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { PaymentDetail } from './PaymentDetail.tsx';
import { yuan } from './yuan.ts';
import './payments.css';

const toneOf: Readonly<Record<PaymentState, Tone>> = {
  ...{ created: 'quiet', open: 'quiet', failed: 'quiet', closed: 'quiet', paid: 'action' },
  ...{ settled: 'good', refundAsked: 'needsYou', refunding: 'action', refunded: 'quiet' },
  refundFailed: 'bad',
};

const states: readonly { value: PaymentState; label: string }[] = [
  { value: 'refundAsked', label: '退款待审批' },
  { value: 'refundFailed', label: '退款需人工处理' },
  { value: 'paid', label: '已支付，等待入账' },
  { value: 'settled', label: '已缴清' },
  { value: 'refunding', label: '退款处理中' },
  { value: 'refunded', label: '已退款' },
  { value: 'open', label: '待支付' },
  { value: 'closed', label: '已关闭' },
];

const columns: TableColumnsType<StaffPayment> = [
  { title: '下单时间', dataIndex: 'at', width: 168, className: 'figure' },
  { title: '项目', dataIndex: 'title', ellipsis: true },
  { title: '账单编号', dataIndex: 'number', width: 180, className: 'figure' },
  {
    title: '金额（元）',
    width: 120,
    align: 'right',
    className: 'figure',
    render: (_, row) => <strong>{yuan(row.amount)}</strong>,
  },
  { title: '支付时间', width: 168, className: 'figure', render: (_, row) => row.paidAt ?? '—' },
  {
    title: '状态',
    width: 150,
    render: (_, row) => <StateTag tone={toneOf[row.state]}>{row.stateLabel}</StateTag>,
  },
];

/** All payments, newest first; a row opens its history and what may be done about it. */
export function PaymentsPage(): ReactNode {
  const [state, setState] = useState<PaymentState | null>(null);
  const [number, setNumber] = useState('');
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  const [opened, setOpened] = useState<StaffPayment | null>(null);
  const before = pages.at(-1) ?? null;
  const found = useLoad(
    (options) => findPayments({ state, number, before }, options),
    [state, number, before],
    15_000,
  );
  const again = (change: () => void): void => {
    change();
    setPages([null]);
  };
  return (
    <>
      <PageHeader title="缴费记录" note="每一笔从下单到入账、退款都记在这里；退款由一人提出、另一人审批。" />
      <div className="payments-bar">
        <Select<PaymentState>
          aria-label="状态"
          data-testid="payment-state"
          allowClear
          placeholder="全部状态"
          style={{ width: 180 }}
          options={[...states]}
          value={state}
          onChange={(value) => again(() => setState(value ?? null))}
        />
        <Input.Search
          aria-label="账单编号或订单号"
          data-testid="payment-number"
          allowClear
          placeholder="账单编号或订单号"
          style={{ width: 300 }}
          onSearch={(value) => again(() => setNumber(value))}
        />
      </div>
      <Failure error={found.error} onRetry={found.reload} />
      <div className="panel">
        <Table<StaffPayment>
          rowKey="id"
          size="middle"
          columns={columns}
          dataSource={found.data?.payments ?? []}
          loading={found.loading && !found.data}
          pagination={false}
          onRow={(row) => ({ onClick: () => setOpened(row), style: { cursor: 'pointer' } })}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有符合条件的缴费。" />,
          }}
        />
      </div>
      <div className="payments-pages">
        {pages.length > 1 && <Button onClick={() => setPages(pages.slice(0, -1))}>上一页</Button>}
        {found.data?.next && <Button onClick={() => setPages([...pages, found.data!.next])}>下一页</Button>}
      </div>
      {opened && (
        <PaymentDetail
          payment={opened}
          onLeave={() => setOpened(null)}
          onChanged={(payment) => {
            setOpened(payment);
            found.reload();
          }}
        />
      )}
    </>
  );
}
