import { Button, Empty, Segmented, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { type BroadcastView, listBroadcasts } from '../../api/broadcasts.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSession } from '../../session/Session.tsx';
import { kindLabels } from './draft.ts';
import { doneOf } from './progress.ts';
import { shelves, toneOf } from './states.ts';
import './BroadcastsPage.css';

export function BroadcastsPage(): ReactNode {
  const { may } = useSession();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const list = useLoad((options) => listBroadcasts(options), [], 5000);
  const all = list.data?.broadcasts ?? [];
  const shelf = shelves.find((each) => each.key === search.get('state')) ?? shelves[0]!;
  const rows = shelf.states ? all.filter((each) => shelf.states!.includes(each.state)) : all;
  const forMe = all.filter((each) => each.acts.includes('approve'));
  return (
    <>
      <PageHeader
        title="群发消息"
        note="写好的消息先发给自己看，再由另一位同事审批，批准后才会发给市民。"
        actions={
          may('broadcasts.write') && (
            <Button
              type="primary"
              icon={<Icon name="plus" size={18} />}
              onClick={() => navigate('/broadcasts/new')}
              data-testid="new-broadcast"
            >
              新建群发
            </Button>
          )
        }
      />
      <Failure error={list.error} onRetry={list.reload} />
      {forMe.length > 0 && shelf.key !== 'waiting' && (
        <div className="for-me">
          <span>
            有 <strong className="figure">{forMe.length}</strong> 条消息等您审批
          </span>
          <Link to={forMe.length === 1 ? `/broadcasts/${forMe[0]!.id}` : '/broadcasts?state=waiting'}>
            去审批
          </Link>
        </div>
      )}
      <Segmented
        className="shelves"
        value={shelf.key}
        options={shelves.map(({ key, label, states }) => {
          const count = states ? all.filter((each) => states.includes(each.state)).length : all.length;
          return { value: key, label: list.data ? `${label} ${count}` : label };
        })}
        onChange={(key) => setSearch(key === 'all' ? {} : { state: key }, { replace: true })}
      />
      <Table<BroadcastView>
        rowKey="id"
        columns={columns}
        dataSource={rows}
        loading={list.loading && !list.data}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        onRow={(row) => ({ onClick: () => navigate(`/broadcasts/${row.id}`), className: 'row-link' })}
        locale={{ emptyText: list.data ? <NoBroadcasts first={all.length === 0} /> : ' ' }}
      />
    </>
  );
}

const columns: TableColumnsType<BroadcastView> = [
  {
    title: '标题',
    dataIndex: 'title',
    render: (title: string, row) => (
      <>
        <Link
          to={`/broadcasts/${row.id}`}
          className="broadcast-title"
          onClick={(event) => event.stopPropagation()}
        >
          {title}
        </Link>
        <small>{row.content.kind === 'text' ? row.content.text : kindLabels[row.content.kind]}</small>
      </>
    ),
  },
  {
    title: '状态',
    width: 148,
    render: (_, row) => <StateTag tone={toneOf[row.state]}>{row.stateLabel}</StateTag>,
  },
  { title: '发给', dataIndex: 'audienceLabel', width: 150, ellipsis: true },
  {
    title: '进度',
    width: 130,
    align: 'right',
    className: 'figure',
    render: (_, { counts, state }) =>
      state === 'draft' || state === 'submitted' || state === 'rejected' ? (
        <span className="quiet">—</span>
      ) : (
        `${doneOf(counts).done.toLocaleString()} / ${counts.audience.toLocaleString()}`
      ),
  },
  { title: '编写', width: 92, render: (_, row) => row.author.name },
  {
    title: '更新时间',
    width: 172,
    className: 'figure',
    render: (_, row) => momentText(row.updatedAt),
  },
];

const NoBroadcasts = ({ first }: { first: boolean }): ReactNode => (
  <Empty
    image={Empty.PRESENTED_IMAGE_SIMPLE}
    description={first ? '还没有群发过消息。' : '这一类里没有消息。'}
  />
);
