import { Button, Empty, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Account, listAccounts } from '../../api/accounts.ts';
import { bookableHalls } from '../../api/halls.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSession } from '../../session/Session.tsx';
import { AccountDrawer } from './AccountDrawer.tsx';

/** Who may enter the console, and as what. */
export function AccountsPage(): ReactNode {
  const { may } = useSession();
  const list = useLoad((options) => listAccounts(options), []);
  const halls = useLoad(({ signal }) => bookableHalls(signal), []);
  const [editing, setEditing] = useState<Account | 'new' | null>(null);
  const hallName = (id: string): string => halls.data?.find((each) => each.id === id)?.name ?? '—';
  const mayWrite = may('staff.write');

  const columns: TableColumnsType<Account> = [
    {
      title: '姓名',
      render: (_, account) => (
        <>
          <strong>{account.name}</strong>
          {account.isMe && <span className="quiet">（您自己）</span>}
        </>
      ),
    },
    { title: '用户名', dataIndex: 'username' },
    { title: '角色', render: (_, account) => account.roleLabels.join('、') },
    {
      title: '大厅',
      ellipsis: true,
      render: (_, { hallIds }) => (hallIds.length === 0 ? '全区' : hallIds.map(hallName).join('、')),
    },
    {
      title: '状态',
      width: 100,
      render: (_, account) =>
        account.disabled ? <StateTag tone="quiet">已停用</StateTag> : <StateTag tone="good">使用中</StateTag>,
    },
  ];
  return (
    <>
      <PageHeader
        title="账号与角色"
        note="系统管理员不能同时审批或发布消息，也不能查看审计记录。"
        actions={
          mayWrite && (
            <Button type="primary" icon={<Icon name="plus" size={18} />} onClick={() => setEditing('new')}>
              新增账号
            </Button>
          )
        }
      />
      <Failure error={list.error} onRetry={list.reload} />
      <Table<Account>
        rowKey="id"
        columns={columns}
        dataSource={list.data?.accounts ?? []}
        loading={list.loading && !list.data}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        onRow={(account) =>
          mayWrite && !account.isMe ? { onClick: () => setEditing(account), className: 'row-link' } : {}
        }
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有账号。" /> }}
      />
      <AccountDrawer
        editing={editing}
        roles={list.data?.roles ?? []}
        halls={halls.data ?? []}
        onClose={() => setEditing(null)}
        onSaved={() => {
          setEditing(null);
          list.reload();
        }}
      />
    </>
  );
}
