import { App, Button, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router-dom';
import {
  approveImport,
  type ImportDetail,
  readImport,
  rejectImport,
  undoImport,
} from '../../api/calendar.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { Changes } from './Changes.tsx';
import { Legend } from './Legend.tsx';
import { knownBefore, stateWords } from './words.ts';
import { YearPicture } from './YearPicture.tsx';
import './CalendarPage.css';

/** One import: the year as it would be, who handed it in, and the decision. */
export function ImportDetailPage(): ReactNode {
  const { id = '' } = useParams();
  const load = useLoad((options) => readImport(id, options), [id]);
  const { data } = load;
  return (
    <div className="import-detail">
      <PageHeader
        title={
          data ? (
            <>
              {data.year} 年放假安排{' '}
              <StateTag tone={stateWords[data.state].tone} testId="state">
                {stateWords[data.state].label}
              </StateTag>
            </>
          ) : (
            '放假安排'
          )
        }
        back={{ to: '/calendar', label: '工作日历' }}
      />
      <Failure error={load.error} onRetry={load.reload} />
      {!data && load.loading && <PageWait />}
      {data && (
        <>
          <section className="panel">
            <dl className="import-facts">
              <Fact name="通知文号" value={data.documentNo} />
              <Fact name="导入" value={`${data.importedBy}，${momentText(data.importedAt)}`} />
              {data.decidedAt && (
                <Fact name="复核" value={`${data.decidedBy}，${momentText(data.decidedAt)}`} />
              )}
              {data.undoneAt && <Fact name="撤销" value={`${data.undoneBy}，${momentText(data.undoneAt)}`} />}
              {data.reason && <Fact name="原因" value={data.reason} />}
            </dl>
            <Acts data={data} put={load.put} reload={load.reload} />
          </section>
          <section className="panel">
            <Legend days={data.days} workdays={data.workdays} />
            <YearPicture year={data.year} days={data.days} changed={knownBefore(data.changes)} />
          </section>
          {data.changes.length > 0 && (
            <section className="calendar-imports">
              <h2>与现在的日历相比</h2>
              <Changes changes={data.changes} />
            </section>
          )}
        </>
      )}
    </div>
  );
}

const Fact = ({ name, value }: { name: string; value: string }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

function Acts(props: {
  data: ImportDetail;
  put: (data: ImportDetail) => void;
  reload: () => void;
}): ReactNode {
  const { data, put, reload } = props;
  const { modal } = App.useApp();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<'reject' | 'undo' | null>(null);
  const [reason, setReason] = useState('');
  const run = async (work: Promise<ImportDetail>, done: string): Promise<void> => {
    setBusy(true);
    try {
      put(await work);
      say.done(done);
      setAsking(null);
      setReason('');
    } catch (thrown) {
      say.failed(thrown);
      reload();
    } finally {
      setBusy(false);
    }
  };
  const approve = async (): Promise<void> => {
    const sure = await modal.confirm({
      title: `通过 ${data.year} 年的安排？`,
      content: '通过后马上生效，预约日期和办理时限都按它计算。需要时可以撤销。',
      okText: '通过',
      okButtonProps: { 'data-testid': 'confirm' },
    });
    if (sure) await run(approveImport(data.id), '已生效');
  };
  if (data.acts.length === 0) return null;
  return (
    <>
      {data.state === 'waiting' && !data.acts.includes('approve') && (
        <p className="field-note">您导入的安排要由另一位同事复核。</p>
      )}
      <div className="import-acts">
        {data.acts.includes('approve') && (
          <Button type="primary" loading={busy} onClick={() => void approve()} data-testid="approve">
            通过
          </Button>
        )}
        {data.acts.includes('reject') && (
          <Button onClick={() => setAsking('reject')} data-testid="reject">
            {data.acts.includes('approve') ? '退回' : '撤回'}
          </Button>
        )}
        {data.acts.includes('undo') && (
          <Button danger onClick={() => setAsking('undo')} data-testid="undo">
            撤销
          </Button>
        )}
      </div>
      <Modal
        open={asking !== null}
        title={asking === 'undo' ? `撤销 ${data.year} 年的安排？` : '退回这份安排？'}
        okText={asking === 'undo' ? '撤销' : '退回'}
        okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
        confirmLoading={busy}
        onCancel={() => setAsking(null)}
        onOk={() =>
          void (asking === 'undo'
            ? run(undoImport(data.id, reason.trim()), '已撤销')
            : run(rejectImport(data.id, reason.trim()), '已退回'))
        }
      >
        <p>
          {asking === 'undo'
            ? '撤销后马上恢复到导入以前的日历，已算好的日期不会自动重算。'
            : '退回后可以改正再导入。'}
        </p>
        <Input
          aria-label="原因"
          value={reason}
          maxLength={100}
          placeholder="写明原因"
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </>
  );
}
