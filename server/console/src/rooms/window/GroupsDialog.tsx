import { Checkbox, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { StaffQueue } from '../../api/queue.ts';

/** What this window takes: more kinds on a busy day, fewer when a colleague is away. */
export function GroupsDialog(props: {
  lines: StaffQueue['lines'];
  value: readonly string[];
  busy: boolean;
  onDone: (groups: readonly string[]) => void;
  onLeave: () => void;
}): ReactNode {
  const { lines, value, busy, onDone, onLeave } = props;
  const [groups, setGroups] = useState<readonly string[]>(value);
  return (
    <Modal
      open
      title="这个窗口办理哪些类别"
      okText="就办这些"
      cancelText="不改了"
      confirmLoading={busy}
      okButtonProps={{ disabled: groups.length === 0 }}
      onOk={() => onDone(groups)}
      onCancel={onLeave}
    >
      <p className="window-say">下一次叫号就按新的类别。</p>
      <Checkbox.Group
        className="window-groups"
        value={[...groups]}
        onChange={(next) => setGroups(next as string[])}
        options={lines.map((line) => ({
          value: line.group,
          label: `${line.group}（${line.waiting} 人等候）`,
        }))}
      />
    </Modal>
  );
}
