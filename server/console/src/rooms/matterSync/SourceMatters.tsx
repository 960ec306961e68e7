import { Drawer, Empty, Input, Segmented, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { listSourceMatters, type Show, type SourceMatter } from '../../api/matterSync.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { Versions } from './Versions.tsx';

const columns: TableColumnsType<SourceMatter> = [
  {
    title: '事项',
    render: (_, row) => (
      <>
        <strong>{row.name}</strong>
        {row.doubts.map((doubt) => (
          <small className="sync-doubt" key={doubt}>
            {doubt}
          </small>
        ))}
      </>
    ),
  },
  { title: '部门', width: 220, dataIndex: 'department' },
  {
    title: '版本',
    width: 90,
    className: 'figure',
    render: (_, row) => (row.version === null ? '本地' : `第 ${row.version} 版`),
  },
  {
    title: '状态',
    width: 100,
    render: (_, row) =>
      row.withdrawn ? <StateTag tone="quiet">已下架</StateTag> : <StateTag tone="good">在办</StateTag>,
  },
];

/** Looks matters up, withdrawn ones too; a row opens its versions. */
export function SourceMatters({ mayAct }: { mayAct: boolean }): ReactNode {
  const [q, setQ] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<SourceMatter | null>(null);
  const list = useLoad((options) => listSourceMatters({ q, show, page }, options), [q, show, page]);
  return (
    <>
      <div className="sync-filters">
        <Input.Search
          aria-label="搜事项"
          placeholder="名称或实施编码"
          allowClear
          maxLength={40}
          onSearch={(word) => {
            setQ(word.trim());
            setPage(1);
          }}
        />
        <Segmented<Show>
          value={show}
          options={[
            { value: 'all', label: '全部' },
            { value: 'doubtful', label: '待核实' },
            { value: 'withdrawn', label: '已下架' },
          ]}
          onChange={(value) => {
            setShow(value);
            setPage(1);
          }}
        />
      </div>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<SourceMatter>
        rowKey="id"
        columns={columns}
        dataSource={list.data?.matters ?? []}
        loading={list.loading && !list.data}
        onRow={(row) => ({ className: 'row-link', onClick: () => setChosen(row) })}
        pagination={{
          current: page,
          pageSize: 20,
          total: list.data?.total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: setPage,
        }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有这样的事项。" /> }}
      />
      <Drawer
        open={chosen !== null}
        size={640}
        title={chosen?.name}
        onClose={() => setChosen(null)}
        destroyOnHidden
      >
        {chosen && <Versions id={chosen.id} mayAct={mayAct} />}
      </Drawer>
    </>
  );
}
