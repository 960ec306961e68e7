import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { callHelp, type HelpView, type WindowAt } from '../../api/queue.ts';
import { helpKinds } from '../../parts/helpKinds.ts';
import { useSay } from '../../parts/useSay.tsx';

/** Calls those who run the hall to this window. Two presses: what is it, and it is sent. */
export function HelpButton({ at }: { at: WindowAt }): ReactNode {
  const say = useSay();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState<HelpView['kind'] | null>(null);
  const send = async (kind: HelpView['kind']): Promise<void> => {
    setBusy(kind);
    try {
      const { told } = await callHelp(at, kind);
      say.done(told.length > 0 ? `已通知 ${told.join('、')}` : '已发出求助，请同时拨打保安电话');
      setAsking(false);
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <Button danger onClick={() => setAsking(true)} data-testid="help">
        紧急求助
      </Button>
      <Modal open={asking} title="发生了什么" footer={null} onCancel={() => setAsking(false)} width={380}>
        <div style={{ display: 'grid', gap: 8 }}>
          {(Object.entries(helpKinds) as [HelpView['kind'], string][]).map(([kind, label]) => (
            <Button
              key={kind}
              size="large"
              loading={busy === kind}
              data-testid={`help-${kind}`}
              onClick={() => void send(kind)}
            >
              {label}
            </Button>
          ))}
        </div>
        <p className="quiet">点一下就会通知大厅主管，并留下记录。情况危急请直接拨打 110 或 120。</p>
      </Modal>
    </>
  );
}
