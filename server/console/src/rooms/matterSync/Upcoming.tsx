import { Empty, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { SyncView } from '../../api/matterSync.ts';
import { StateTag } from '../../parts/StateTag.tsx';

type Row = SyncView['upcoming'][number];

const dayWords = (day: string): string =>
  `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

const columns: TableColumnsType<Row> = [
  { title: '生效日期', width: 150, className: 'figure', render: (_, row) => dayWords(row.on) },
  {
    title: '变化',
    width: 110,
    render: (_, row) =>
      row.kind === 'version' ? (
        <StateTag tone="action">新版本</StateTag>
      ) : (
        <StateTag tone="needsYou">取消</StateTag>
      ),
  },
  { title: '事项', dataIndex: 'name' },
  { title: '实施编码', width: 300, className: 'figure', dataIndex: 'code' },
];

/** What counts from a later day: it waits, and is taken over in the night before. */
export const Upcoming = ({ upcoming }: Pick<SyncView, 'upcoming'>): ReactNode => (
  <Table<Row>
    rowKey={(row) => `${row.code}/${row.version}/${row.on}`}
    columns={columns}
    dataSource={upcoming}
    pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
    locale={{
      emptyText: (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description="没有等待生效的版本，也没有预告取消的事项。"
        />
      ),
    }}
  />
);
