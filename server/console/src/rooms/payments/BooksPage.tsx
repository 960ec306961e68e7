import { Button, DatePicker, Empty, Input, Modal, Table, type TableColumnsType } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useState } from 'react';
import {
  closeDay,
  compareDay,
  type DifferenceView,
  findDays,
  findDifferences,
  type ReconciliationView,
  settleDifference,
} from '../../api/payments.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import { yuan } from './yuan.ts';
import './payments.css';

const looks: Readonly<Record<ReconciliationView['state'], { tone: Tone; word: string }>> = {
  waiting: { tone: 'action', word: '等对账文件' },
  agrees: { tone: 'good', word: '已对平，待关账' },
  differs: { tone: 'needsYou', word: '有差异' },
  closed: { tone: 'quiet', word: '已关账' },
};
const names: Readonly<Record<string, string>> = {
  ...{ wechat: '微信账单', fine: '交警缴款', nonTax: '非税', electricity: '供电', gas: '燃气' },
};

/** Day after day: what WeChat, we and the bills' owners have written down, and what differs. */
export function BooksPage(): ReactNode {
  const { may } = useSession();
  const say = useSay();
  const [day, setDay] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const days = useLoad((options) => findDays(options), [], 60_000);
  const act = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await work();
      say.done(done);
      days.reload();
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const columns: TableColumnsType<ReconciliationView> = [
    { title: '日期', dataIndex: 'day', width: 120, className: 'figure' },
    { title: '微信账单', render: (_, { bank }) => <Sums {...bank} /> },
    { title: '我方账本', render: (_, { books }) => <Sums {...books} /> },
    {
      title: '收费单位入账',
      render: (_, { owners }) =>
        owners.length === 0
          ? '—'
          : owners.map((each) => (
              <div
                key={each.kind}
                className="figure"
              >{`${names[each.kind]} ${each.lines} 笔 ${yuan(each.amount)}`}</div>
            )),
    },
    {
      title: '结果',
      width: 170,
      render: (_, { state, differences, waitsFor }) => (
        <>
          <StateTag tone={looks[state].tone}>
            {state === 'differs' ? `${differences} 条差异` : looks[state].word}
          </StateTag>
          {waitsFor.length > 0 && (
            <small className="payments-when">{`还缺：${waitsFor.map((each) => names[each] ?? each).join('、')}`}</small>
          )}
        </>
      ),
    },
    {
      title: '',
      width: 230,
      render: (_, row) => (
        <span className="payments-acts">
          {row.state === 'differs' && (
            <Button
              size="small"
              type="primary"
              data-testid={`open-${row.day}`}
              onClick={() => setDay(row.day)}
            >
              处理差异
            </Button>
          )}
          {may('payments.refund') && row.state !== 'closed' && (
            <Button
              size="small"
              disabled={busy}
              onClick={() => void act(() => compareDay(row.day), '已重新对账')}
            >
              重新对账
            </Button>
          )}
          {may('payments.refund') && row.state === 'agrees' && (
            <Button
              size="small"
              data-testid={`close-${row.day}`}
              disabled={busy}
              onClick={() => void act(() => closeDay(row.day), '已关账')}
            >
              关账
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title="每日对账"
        note="微信账单次日10点后可取。三方都对平、差异都处理完，才能关账。"
        actions={
          may('payments.refund') && (
            <DatePicker
              aria-label="对某一天的账"
              data-testid="compare-day"
              placeholder="对某一天的账"
              disabledDate={(value) => !value.isBefore(dayjs().startOf('day'))}
              onChange={(value) => value && void act(() => compareDay(value.format('YYYY-MM-DD')), '已对账')}
            />
          )
        }
      />
      <Failure error={days.error} onRetry={days.reload} />
      <div className="panel">
        <Table<ReconciliationView>
          rowKey="day"
          size="middle"
          columns={columns}
          dataSource={days.data?.days ?? []}
          loading={days.loading && !days.data}
          pagination={false}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有对过账的日子。" />,
          }}
        />
      </div>
      {day && (
        <Differences
          day={day}
          onLeave={() => {
            setDay(null);
            days.reload();
          }}
        />
      )}
    </>
  );
}

function Sums(props: { lines: number; paid: number; refunded: number }): ReactNode {
  return (
    <span className="figure">
      {`${props.lines} 笔 收 ${yuan(props.paid)}`}
      {props.refunded > 0 && ` 退 ${yuan(props.refunded)}`}
    </span>
  );
}

function Differences({ day, onLeave }: { day: string; onLeave: () => void }): ReactNode {
  const say = useSay();
  const { may } = useSession();
  const list = useLoad((options) => findDifferences(day, options), [day]);
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});
  const settle = async (found: DifferenceView): Promise<void> => {
    try {
      await settleDifference(found.id, (notes[found.id] ?? '').trim());
      list.reload();
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  const columns: TableColumnsType<DifferenceView> = [
    { title: '差异', dataIndex: 'kindLabel', width: 180 },
    {
      title: '账单编号 / 微信支付单号',
      render: (_, row) => (
        <>
          <div className="figure">{row.billNumber || '—'}</div>
          <small className="payments-when">{row.transactionId}</small>
        </>
      ),
    },
    {
      title: '我方',
      width: 100,
      align: 'right',
      className: 'figure',
      render: (_, { ours }) => (ours === null ? '—' : yuan(ours)),
    },
    {
      title: '对方',
      width: 100,
      align: 'right',
      className: 'figure',
      render: (_, { theirs }) => (theirs === null ? '—' : yuan(theirs)),
    },
    {
      title: '处理',
      width: 300,
      render: (_, row) =>
        row.settled ? (
          <small className="payments-when">{`${row.settled.note}（${row.settled.by}，${row.settled.at}）`}</small>
        ) : (
          may('payments.refund') && (
            <span className="payments-acts">
              <Input
                size="small"
                aria-label="处理说明"
                placeholder="怎么处理的"
                value={notes[row.id] ?? ''}
                onChange={(event) => setNotes({ ...notes, [row.id]: event.target.value })}
              />
              <Button
                size="small"
                type="primary"
                disabled={(notes[row.id] ?? '').trim().length < 2}
                onClick={() => void settle(row)}
              >
                已处理
              </Button>
            </span>
          )
        ),
    },
  ];
  return (
    <Modal open width={960} title={`${day} 的差异`} footer={null} onCancel={onLeave}>
      <Failure error={list.error} onRetry={list.reload} />
      <Table<DifferenceView>
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={list.data?.differences ?? []}
        loading={list.loading && !list.data}
        pagination={false}
      />
    </Modal>
  );
}
