import { Button, Select, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  type BroadcastView,
  listReceivers,
  type ReceiverState,
  reportAddress,
} from '../../api/broadcasts.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';

const shown: readonly { readonly value: ReceiverState | ''; readonly label: string }[] = [
  { value: '', label: '全部' },
  { value: 'delivered', label: '已送达' },
  { value: 'sent', label: '已发出' },
  { value: 'refused', label: '收不到' },
  { value: 'failed', label: '失败' },
  { value: 'unknown', label: '结果未知' },
  { value: 'waiting', label: '稍后重试' },
  { value: 'pending', label: '待发送' },
];

/** What became of each receiver, a hundred a page, and the whole as an Excel file. */
export function Ledger({ view }: { view: BroadcastView }): ReactNode {
  const [state, setState] = useState<ReceiverState | ''>('');
  /** Where each page so far began; the last one is shown. */
  const [starts, setStarts] = useState<readonly (string | null)[]>([null]);
  const after = starts.at(-1) ?? null;
  const byTemplate = view.content.kind === 'template';
  const page = useLoad(
    async (options) =>
      byTemplate ? listReceivers(view.id, { state: state === '' ? null : state, after }, options) : null,
    [view.id, view.state, state, after, byTemplate],
  );
  const next = page.data?.next ?? null;
  return (
    <section className="panel" data-testid="ledger">
      <div className="progress-head">
        <h2>每个人的结果</h2>
        <div className="decision-acts">
          {byTemplate && (
            <Select
              aria-label="按结果筛选"
              style={{ width: 120 }}
              value={state}
              options={[...shown]}
              onChange={(value) => {
                setState(value);
                setStarts([null]);
              }}
            />
          )}
          <Button href={reportAddress(view.id)} download data-testid="report">
            下载 Excel 报告
          </Button>
        </div>
      </div>
      {!byTemplate && <p className="field-note">群发由微信统一发出，微信只回报总数，没有每个人的结果。</p>}
      <Failure error={page.error} onRetry={page.reload} />
      {byTemplate && (
        <>
          <Table
            size="small"
            rowKey="receiver"
            loading={page.loading}
            dataSource={page.data?.receivers ?? []}
            pagination={false}
            scroll={{ y: 360 }}
            columns={[
              { title: '姓名', render: (_, row) => row.name ?? '未登记姓名' },
              { title: '微信', dataIndex: 'receiver' },
              { title: '结果', dataIndex: 'stateLabel' },
              { title: '次数', dataIndex: 'attempts', width: 72 },
              { title: '微信返回码', render: (_, row) => row.code ?? '' },
            ]}
          />
          <div className="ledger-pages">
            <Button disabled={starts.length === 1} onClick={() => setStarts(starts.slice(0, -1))}>
              上一页
            </Button>
            <Button disabled={next === null} onClick={() => setStarts([...starts, next])}>
              下一页
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
