import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { type SystemView, switchOff } from '../../api/systems.ts';
import { useSay } from '../../parts/useSay.tsx';

/** Switching off asks for a reason: colleagues read it beside the state. */
export function SwitchDialog(props: {
  system: SystemView;
  onLeave: () => void;
  onDone: () => void;
}): ReactNode {
  const { system, onLeave, onDone } = props;
  const say = useSay();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const off = async (): Promise<void> => {
    setBusy(true);
    try {
      await switchOff(system.id, reason.trim());
      say.done('已关闭，各进程 2 秒内停止调用');
      onDone();
    } catch (thrown) {
      say.failed(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={`关闭${system.name}？`}
      okText="关闭"
      okButtonProps={{
        danger: true,
        disabled: [...reason.trim()].length < 4,
        loading: busy,
        ...{ 'data-testid': 'confirm' },
      }}
      cancelText="不关"
      onOk={() => void off()}
      onCancel={onLeave}
    >
      <p>关闭后不再调用这个系统：市民看到的是最近一次的内容和说明，要送达的先存着，打开后继续送。</p>
      <Input
        className="systems-reason"
        aria-label="原因"
        placeholder="原因，如：对方升级，数据有误"
        maxLength={60}
        showCount
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        data-testid="reason"
      />
    </Modal>
  );
}
