import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useSay } from '../../parts/useSay.tsx';

/** Asks for a reason before something is done. */
export function Ask(props: {
  title: string;
  text: string;
  action: string;
  needed: boolean;
  danger?: boolean;
  onAct: (why: string) => Promise<void>;
  onLeave: () => void;
}): ReactNode {
  const { title, text, action, needed, danger = false, onAct, onLeave } = props;
  const say = useSay();
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const act = async (): Promise<void> => {
    setBusy(true);
    try {
      await onAct(why.trim());
    } catch (thrown) {
      say.failed(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={action}
      cancelText="再看看"
      confirmLoading={busy}
      okButtonProps={{ danger, disabled: needed && why.trim().length < 2 }}
      onOk={() => void act()}
      onCancel={onLeave}
    >
      <p className="proxies-why">{text}</p>
      <Input.TextArea
        aria-label="原因"
        rows={2}
        maxLength={100}
        placeholder={needed ? '请写明原因' : '可以写一句说明'}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
      />
    </Modal>
  );
}
