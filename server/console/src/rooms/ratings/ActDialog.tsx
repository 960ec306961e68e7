import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { OrderAct, OrderRow } from '../../api/ratings.ts';
import { useSay } from '../../parts/useSay.tsx';
import { actWords } from './words.ts';

/** One step of a work order, with its reason. */
export function ActDialog(props: {
  order: OrderRow;
  what: OrderAct['do'];
  onAct: (act: OrderAct) => Promise<void>;
  onLeave: () => void;
}): ReactNode {
  const { order, what, onAct, onLeave } = props;
  const say = useSay();
  const [why, setWhy] = useState('');
  const [department, setDepartment] = useState('');
  const [busy, setBusy] = useState(false);
  const words = actWords[what];
  const ready = why.trim().length >= 2 && (what !== 'handOver' || department.trim().length >= 2);
  const act = async (): Promise<void> => {
    setBusy(true);
    try {
      await onAct(what === 'handOver' ? { do: what, department, why } : { do: what, why });
    } catch (thrown) {
      say.failed(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={`${words.button} · ${order.matter}`}
      okText={words.button}
      cancelText="再看看"
      confirmLoading={busy}
      okButtonProps={{ disabled: !ready }}
      onOk={() => void act()}
      onCancel={onLeave}
    >
      <p>{words.text}</p>
      {what === 'handOver' && (
        <Input
          aria-label="转给哪个部门"
          placeholder="转给哪个部门"
          maxLength={60}
          value={department}
          style={{ marginBottom: 12 }}
          onChange={(event) => setDepartment(event.target.value)}
        />
      )}
      <Input.TextArea
        aria-label="说明"
        data-testid="why"
        rows={4}
        maxLength={500}
        showCount
        placeholder={words.hint}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
      />
    </Modal>
  );
}
