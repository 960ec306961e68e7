import { Button, Empty, Segmented, Select, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { type AuditRowView, listAccounts, listAudit } from '../../api/accounts.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import './AuditPage.css';

const columns: TableColumnsType<AuditRowView> = [
  { title: '时间', width: 180, className: 'figure', render: (_, row) => momentText(row.at) },
  { title: '谁', width: 130, render: (_, row) => row.actor.name },
  { title: '做了什么', width: 180, render: (_, row) => row.actLabel },
  {
    title: '结果',
    width: 100,
    render: (_, row) =>
      row.result === 'ok' ? <StateTag tone="good">成功</StateTag> : <StateTag tone="bad">被拒绝</StateTag>,
  },
  {
    title: '对象与说明',
    render: (_, row) => (
      <span className="audit-facts">
        {row.subject && <code>{row.subject.id}</code>}
        {Object.entries(row.facts).map(([key, value]) => (
          <code key={key}>
            {key}={String(value)}
          </code>
        ))}
      </span>
    ),
  },
];

type Result = 'all' | 'ok' | 'refused';

/** The ledger of who did what. It only grows; nobody can change it here or anywhere. */
export function AuditPage(): ReactNode {
  const [actor, setActor] = useState<string | null>(null);
  const [result, setResult] = useState<Result>('all');
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const before = cursors.at(-1) ?? null;
  const accounts = useLoad((options) => listAccounts(options), []);
  const list = useLoad(
    (options) => listAudit({ actor, result: result === 'all' ? null : result, before }, options),
    [actor, result, before],
  );
  const next = list.data?.next ?? null;
  return (
    <>
      <PageHeader title="审计记录" note="每个人的登录和操作都在这里，只能查看，不能修改或删除。" />
      <div className="audit-filters">
        <Select
          aria-label="谁"
          style={{ width: 200 }}
          value={actor ?? ''}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: '所有人' },
            ...(accounts.data?.accounts ?? []).map(({ id, name, username }) => ({
              value: id,
              label: `${name}（${username}）`,
            })),
          ]}
          onChange={(id) => {
            setActor(id === '' ? null : id);
            setCursors([null]);
          }}
        />
        <Segmented<Result>
          value={result}
          options={[
            { value: 'all', label: '全部' },
            { value: 'ok', label: '成功' },
            { value: 'refused', label: '被拒绝' },
          ]}
          onChange={(value) => {
            setResult(value);
            setCursors([null]);
          }}
        />
      </div>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<AuditRowView>
        rowKey="id"
        columns={columns}
        dataSource={list.data?.rows ?? []}
        loading={list.loading && !list.data}
        pagination={false}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有记录。" /> }}
      />
      {(cursors.length > 1 || next) && (
        <div className="audit-pages">
          <Button disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
            较新的
          </Button>
          <Button disabled={!next} onClick={() => next && setCursors([...cursors, next])}>
            较早的
          </Button>
        </div>
      )}
    </>
  );
}
