import { Button, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { type CallOutcome, type CallView, listCalls } from '../../api/systems.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { msWords, outcomeLooks } from './words.ts';

const columns: TableColumnsType<CallView> = [
  { title: '时间', width: 180, className: 'figure', render: (_, row) => momentText(row.at) },
  {
    title: '调用',
    render: (_, row) => (
      <>
        {row.purpose} <code className="systems-code">{row.operation}</code>
        <small className="systems-why">
          {[
            row.matterCode && `事项 ${row.matterCode}`,
            ...Object.entries(row.args).map(([key, value]) => `${key} ${value}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </>
    ),
  },
  { title: '为谁', width: 120, render: (_, row) => row.actor },
  {
    title: '结果',
    width: 250,
    render: (_, row) => (
      <>
        {row.outcome ? (
          <StateTag tone={outcomeLooks[row.outcome].tone}>{outcomeLooks[row.outcome].label}</StateTag>
        ) : (
          <StateTag tone="quiet">未知</StateTag>
        )}
        {row.outcome !== 'ok' && <small className="systems-why">{row.words}</small>}
      </>
    ),
  },
  {
    title: '用时',
    width: 120,
    align: 'right',
    className: 'figure',
    render: (_, row) => (
      <>
        {row.outcome === 'notSent' ? '—' : msWords(row.ms)}
        {row.attempts > 1 && <small className="systems-why">共 {row.attempts} 次尝试</small>}
      </>
    ),
  },
];

type Shown = CallOutcome | 'all';

/** Who called, why, for which matter, and how it went; masked as the audit keeps it. */
export function Calls({ id }: { id: string }): ReactNode {
  const [shown, setShown] = useState<Shown>('all');
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const before = cursors.at(-1) ?? null;
  const list = useLoad(
    (options) => listCalls(id, { outcome: shown === 'all' ? null : shown, before }, options),
    [id, shown, before],
    before === null ? 10_000 : null,
  );
  const next = list.data?.next ?? null;
  return (
    <section className="panel">
      <div className="systems-row">
        <h2>调用记录</h2>
        <Segmented<Shown>
          value={shown}
          options={[
            { value: 'all', label: '全部' },
            { value: 'failed', label: '失败' },
            { value: 'refused', label: '有答复（拒绝）' },
            { value: 'notSent', label: '未发出' },
            { value: 'ok', label: '成功' },
          ]}
          onChange={(value) => {
            setShown(value);
            setCursors([null]);
          }}
        />
      </div>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<CallView>
        rowKey="id"
        size="middle"
        columns={columns}
        dataSource={list.data?.calls ?? []}
        loading={list.loading && !list.data}
        pagination={false}
        onRow={() => ({ 'data-testid': 'call' }) as object}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={shown === 'all' ? '还没有调用过。' : '近 7 天没有这样的调用。'}
            />
          ),
        }}
      />
      {(cursors.length > 1 || next) && (
        <div className="systems-pages">
          <Button disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
            较新的
          </Button>
          <Button disabled={!next} onClick={() => next && setCursors([...cursors, next])}>
            较早的
          </Button>
        </div>
      )}
    </section>
  );
}
