import { Button, Empty, Input, Modal, Segmented } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useState } from 'react';
import { type AppealRow, type AppealState, decideAppeal, findAppeals } from '../../api/closures.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import './NoShowsPage.css';

const shelves = [
  { value: 'open', label: '待处理' },
  { value: 'granted', label: '已同意' },
  { value: 'refused', label: '未同意' },
] as const;

/** Appeals against a missed visit: what was booked, what the person says, and the answer. */
export function NoShowsPage(): ReactNode {
  const [shelf, setShelf] = useState<AppealState>('open');
  const [about, setAbout] = useState<{ appeal: AppealRow; grant: boolean } | null>(null);
  const list = useLoad((options) => findAppeals(shelf, options), [shelf], 30_000);
  return (
    <>
      <PageHeader
        title="爽约申诉"
        note="未到场或临近取消会计一次，累计到上限暂停网上预约。同意申诉后这一次不计。"
      />
      <Segmented<AppealState> className="shelves" options={[...shelves]} value={shelf} onChange={setShelf} />
      <Failure error={list.error} onRetry={list.reload} />
      {!list.data && list.loading && <PageWait />}
      {list.data?.appeals.length === 0 && (
        <div className="panel">
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={shelf === 'open' ? '没有待处理的申诉。' : '这里还没有记录。'}
          />
        </div>
      )}
      {list.data?.appeals.map((appeal) => (
        <Appeal key={appeal.id} appeal={appeal} onDecide={(grant) => setAbout({ appeal, grant })} />
      ))}
      {about && (
        <Decide
          {...about}
          onLeave={() => setAbout(null)}
          onDone={() => {
            setAbout(null);
            list.reload();
          }}
        />
      )}
    </>
  );
}

function Appeal(props: { appeal: AppealRow; onDecide: (grant: boolean) => void }): ReactNode {
  const { appeal, onDecide } = props;
  return (
    <article className="panel appeal" data-testid="appeal">
      <div>
        <header>
          <strong>{appeal.person}</strong>
          {appeal.state !== 'open' && (
            <StateTag tone={appeal.state === 'granted' ? 'good' : 'quiet'}>
              {appeal.state === 'granted' ? '已同意，不计' : '未同意'}
            </StateTag>
          )}
          <small>{momentText(appeal.createdAt)} 提交</small>
        </header>
        <p className="appeal-reason">{appeal.reason}</p>
        <p className="quiet">
          {[
            `${dayjs(appeal.date).format('M月D日 dddd')} ${appeal.start}`,
            appeal.matter,
            appeal.hall,
            appeal.bookingNumber,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {appeal.decision && <p className="appeal-answer">答复：{appeal.decision}</p>}
      </div>
      {appeal.state === 'open' && (
        <div className="appeal-acts">
          <Button type="primary" data-testid="grant" onClick={() => onDecide(true)}>
            同意，不计
          </Button>
          <Button data-testid="refuse" onClick={() => onDecide(false)}>
            不同意
          </Button>
        </div>
      )}
    </article>
  );
}

function Decide(props: {
  appeal: AppealRow;
  grant: boolean;
  onDone: () => void;
  onLeave: () => void;
}): ReactNode {
  const { appeal, grant, onDone, onLeave } = props;
  const say = useSay();
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const decide = async (): Promise<void> => {
    setBusy(true);
    try {
      await decideAppeal(appeal.id, { grant, why: why.trim() });
      say.done('已答复');
      onDone();
    } catch (thrown) {
      say.failed(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={grant ? `同意 ${appeal.person} 的申诉` : `不同意 ${appeal.person} 的申诉`}
      okText={grant ? '同意，不计' : '不同意'}
      cancelText="再看看"
      confirmLoading={busy}
      okButtonProps={{ disabled: why.trim().length < 2 }}
      onOk={() => void decide()}
      onCancel={onLeave}
    >
      <p className="appeal-say">
        {grant ? '这一次不再计入，因此暂停的网上预约会恢复。' : '这一次仍然计入。请把理由写清楚。'}
      </p>
      <Input.TextArea
        aria-label="答复"
        rows={3}
        maxLength={300}
        placeholder={grant ? '例如：已核实就诊记录' : '例如：未提供证明，系统记录当天未到'}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
      />
    </Modal>
  );
}
