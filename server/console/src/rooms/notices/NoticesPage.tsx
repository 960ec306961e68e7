import { App, Button, Empty, Input, Select, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { findNotices, type NoticeState, resendNotice, type StaffNotice } from '../../api/notices.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import './NoticesPage.css';

const states: Readonly<Record<NoticeState, readonly [string, Tone]>> = {
  created: ['等待发送', 'quiet'],
  sending: ['发送中', 'action'],
  sent: ['已发出', 'action'],
  delivered: ['已送达', 'good'],
  refused: ['被拒收', 'quiet'],
  failed: ['失败', 'bad'],
  unknown: ['结果未知', 'needsYou'],
  unreachable: ['无法送达', 'needsYou'],
  expired: ['已过期', 'quiet'],
  optedOut: ['本人已关闭', 'quiet'],
};

/** Every message to one person: did it arrive, by which way, and if not, why not. */
export function NoticesPage(): ReactNode {
  const { may } = useSession();
  const say = useSay();
  const { modal } = App.useApp();
  const [q, setQ] = useState('');
  const [state, setState] = useState<NoticeState | null>(null);
  /** The cursors of the pages seen; the last one is shown. */
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const before = cursors.at(-1) ?? null;
  const list = useLoad((options) => findNotices({ q, state, before }, options), [q, state, before], 5000);
  const rows = list.data?.notices ?? [];
  const next = list.data?.next ?? null;

  const resend = async (notice: StaffNotice): Promise<void> => {
    const sure = await modal.confirm({
      title: '再发一次？',
      content: `会重新发给 ${notice.person}：${notice.title}。`,
      okText: '重发',
      okButtonProps: { 'data-testid': 'confirm' },
    });
    if (!sure) return;
    try {
      await resendNotice(notice.id);
      say.done('已安排重发');
    } catch (thrown) {
      say.failed(thrown);
    }
    list.reload();
  };

  const columns: TableColumnsType<StaffNotice> = [
    {
      title: '消息',
      render: (_, notice) => (
        <>
          <strong>{notice.title}</strong>
          <small className="notice-fields">{notice.fields.map((field) => field.value).join(' · ')}</small>
        </>
      ),
    },
    { title: '收件人', width: 110, dataIndex: 'person' },
    {
      title: '状态',
      width: 200,
      render: (_, notice) => (
        <>
          <StateTag tone={states[notice.state][1]}>{notice.stateLabel}</StateTag>
          {notice.problem && <small className="notice-fields">{notice.problem}</small>}
        </>
      ),
    },
    { title: '方式', width: 110, dataIndex: 'channelLabel' },
    { title: '时间', width: 172, className: 'figure', render: (_, notice) => momentText(notice.createdAt) },
    {
      width: 84,
      render: (_, notice) =>
        notice.mayResend &&
        may('notices.resend') && (
          <Button size="small" onClick={() => void resend(notice)}>
            重发
          </Button>
        ),
    },
  ];
  const first = (): void => setCursors([null]);
  return (
    <>
      <PageHeader title="通知记录" note="预约、叫号、办件、缴费等发给市民本人的消息，是否送达都在这里。" />
      <div className="notices-filters">
        <Select
          aria-label="状态"
          style={{ width: 150 }}
          value={state ?? ''}
          options={[
            { value: '', label: '全部状态' },
            ...Object.entries(states).map(([value, [label]]) => ({ value, label })),
          ]}
          onChange={(value) => {
            setState(value === '' ? null : (value as NoticeState));
            first();
          }}
        />
        <Input.Search
          aria-label="查找"
          style={{ width: 260 }}
          placeholder="预约号或排队号"
          maxLength={40}
          allowClear
          onSearch={(text) => {
            setQ(text.trim());
            first();
          }}
        />
      </div>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<StaffNotice>
        rowKey="id"
        columns={columns}
        dataSource={rows}
        loading={list.loading && !list.data}
        pagination={false}
        scroll={rows.length > 0 ? { x: 860 } : {}}
        locale={{
          emptyText: list.data ? (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={q || state ? '没有符合条件的通知。' : '还没有发过通知。'}
            />
          ) : (
            ' '
          ),
        }}
      />
      {(cursors.length > 1 || next) && (
        <div className="notices-pages">
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
