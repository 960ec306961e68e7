import { Button, Empty, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { SyncRunView } from '../../api/matterSync.ts';
import { momentText } from '../../parts/dates.ts';
import { StateTag } from '../../parts/StateTag.tsx';
import { durationWords, resultWords, stateWords } from './words.ts';

const columns: TableColumnsType<SyncRunView> = [
  { title: '时间', width: 190, className: 'figure', render: (_, run) => momentText(run.askedAt) },
  {
    title: '发起',
    width: 120,
    render: (_, run) => (run.cause === 'nightly' ? '每日自动' : (run.askedBy ?? '—')),
  },
  {
    title: '状态',
    width: 110,
    render: (_, run) => (
      <StateTag tone={stateWords[run.state].tone} testId={`run-${run.state}`}>
        {stateWords[run.state].label}
      </StateTag>
    ),
  },
  { title: '结果', render: (_, run) => resultWords(run) },
  { title: '用时', width: 120, className: 'figure', render: (_, run) => durationWords(run) },
];

const more = (run: SyncRunView): boolean => run.reasons.length + run.unknownTypes.length > 0;

/** The newest runs; one that was refused opens on its reasons. */
export function Runs(props: {
  runs: readonly SyncRunView[];
  mayForce: boolean;
  onForce: () => void;
}): ReactNode {
  const newest = props.runs[0];
  return (
    <Table<SyncRunView>
      rowKey="id"
      columns={columns}
      dataSource={props.runs}
      pagination={false}
      expandable={{
        rowExpandable: more,
        expandedRowRender: (run) => (
          <div className="sync-more">
            {run.reasons.length > 0 && (
              <ul>
                {run.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
            {run.unknownTypes.length > 0 && (
              <p>
                对照表里没有的类型代码：
                {run.unknownTypes
                  .map(({ code, count, example }) => `${code}（${count} 项，如「${example}」）`)
                  .join('、')}
                。这些事项显示为「其他」。
              </p>
            )}
            {run === newest && run.state === 'refused' && run.problem?.includes('下架') && props.mayForce && (
              <Button danger onClick={props.onForce} data-testid="force">
                已核实，按这一批更新
              </Button>
            )}
          </div>
        ),
      }}
      locale={{
        emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有同步过。" />,
      }}
    />
  );
}
