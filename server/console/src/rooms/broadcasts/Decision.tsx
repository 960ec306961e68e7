import { App, Button, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Act, BroadcastView } from '../../api/broadcasts.ts';
import { momentText } from '../../parts/dates.ts';
import { EstimateFacts } from './EstimateFacts.tsx';
import { useAct } from './useAct.ts';

interface Props {
  readonly view: BroadcastView;
  readonly audienceCount: number | null;
  readonly put: (view: BroadcastView) => void;
  readonly reload: () => void;
}

/** What waits for a decision: the author's submission, the approver's yes or no. Nobody sees a button they may not press. */
export function Decision({ view, audienceCount, put, reload }: Props): ReactNode {
  const { modal } = App.useApp();
  const { act, busy } = useAct(view, put, reload);
  const [refusing, setRefusing] = useState(false);
  const may = (name: Act): boolean => view.acts.includes(name);
  const people = audienceCount === null ? '' : ` ${audienceCount.toLocaleString()} 人`;
  const when = view.scheduledAt ? momentText(view.scheduledAt) : '立即';

  const approve = async (): Promise<void> => {
    const sure = await modal.confirm({
      title: '批准这条群发？',
      content: `批准后将${view.scheduledAt ? `在 ${when} ` : '立即'}发给${people}。已经发出的消息收不回。`,
      okText: '批准',
      okButtonProps: { 'data-testid': 'confirm' },
    });
    if (sure) await act('approve', '已批准');
  };

  if (may('approve') || may('reject')) {
    return (
      <section className="panel decision">
        <h2>等您审批</h2>
        <p>
          {view.author.name} 提交了这条消息，批准后{view.scheduledAt ? `在 ${when} ` : '立即'}发给
          <strong className="figure">{people || '…'}</strong>。请核对内容、范围和时间。
        </p>
        <EstimateFacts id={view.id} version={view.version} />
        <div className="decision-acts">
          <Button
            type="primary"
            loading={busy === 'approve'}
            onClick={() => void approve()}
            data-testid="approve"
          >
            批准
          </Button>
          <Button loading={busy === 'reject'} onClick={() => setRefusing(true)} data-testid="reject">
            退回修改
          </Button>
        </div>
        <RefuseDialog
          open={refusing}
          onCancel={() => setRefusing(false)}
          onSure={async (reason) => {
            if (await act('reject', '已退回', reason)) setRefusing(false);
          }}
        />
      </section>
    );
  }
  if (view.state === 'submitted') {
    return (
      <section className="panel decision-quiet">
        <p>已提交，等另一位有审批权限的同事处理。</p>
      </section>
    );
  }
  if (view.state === 'rejected' && view.rejectReason) {
    return (
      <section className="panel decision">
        <h2>{view.approver?.name ?? '审批人'}退回了这条消息</h2>
        <p>{view.rejectReason}</p>
      </section>
    );
  }
  if (may('submit')) {
    return (
      <section className="panel decision-quiet decision-row">
        <p>还是草稿，提交后由另一位同事审批。</p>
        <Button
          type="primary"
          loading={busy === 'submit'}
          onClick={() => void act('submit', '已提交，等待审批')}
          data-testid="submit"
        >
          提交审批
        </Button>
      </section>
    );
  }
  return null;
}

function RefuseDialog(props: {
  open: boolean;
  onCancel: () => void;
  onSure: (reason: string) => Promise<void>;
}): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Modal
      open={props.open}
      title="退回修改"
      okText="退回"
      okButtonProps={{ disabled: reason.trim().length < 2, 'data-testid': 'confirm' }}
      onOk={() => props.onSure(reason.trim())}
      onCancel={props.onCancel}
      destroyOnHidden
    >
      <p className="field-note refuse-note">写明要改什么，编写人会看到。</p>
      <Input.TextArea
        autoFocus
        aria-label="退回原因"
        className="refuse-text"
        data-testid="reject-reason"
        value={reason}
        maxLength={200}
        showCount
        autoSize={{ minRows: 3, maxRows: 6 }}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
