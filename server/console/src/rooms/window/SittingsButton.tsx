import { Button, Modal, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { readSittings, type SittingList, type WindowAt } from '../../api/queue.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';

/** Who sat at this window, from when to when. */
export function SittingsButton({ at }: { at: WindowAt }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="text" onClick={() => setOpen(true)} data-testid="sittings">
        使用记录
      </Button>
      {open && (
        <Modal
          open
          title={`${at.number} 号窗口使用记录`}
          footer={null}
          onCancel={() => setOpen(false)}
          width={560}
        >
          <Sittings at={at} />
        </Modal>
      )}
    </>
  );
}

function Sittings({ at }: { at: WindowAt }): ReactNode {
  const list = useLoad((options) => readSittings(at, options), [at.hall, at.number]);
  return (
    <>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<SittingList['sittings'][number]>
        rowKey="from"
        size="small"
        loading={list.loading}
        locale={{ emptyText: '还没有人用过这个窗口。' }}
        dataSource={list.data?.sittings ?? []}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: '谁', dataIndex: 'staff', width: 100 },
          { title: '从', dataIndex: 'from', width: 140, render: (from: string) => momentText(from) },
          {
            title: '到',
            dataIndex: 'to',
            width: 140,
            render: (to: string | null) => (to ? momentText(to) : '现在'),
          },
          { title: '类别', dataIndex: 'groups', render: (groups: string[]) => groups.join('、') },
        ]}
      />
    </>
  );
}
