import { Input, Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { StaffQueue, StaffTicket, TicketAction } from '../../api/queue.ts';

/** To another kind of window, or to be continued here: with a word why, for whoever goes on. */
export function MoveDialog(props: {
  kind: 'move' | 'park';
  ticket: StaffTicket;
  lines: StaffQueue['lines'];
  busy: boolean;
  onDone: (action: Exclude<TicketAction, { do: 'resume' }>) => void;
  onLeave: () => void;
}): ReactNode {
  const { kind, ticket, lines, busy, onDone, onLeave } = props;
  const [group, setGroup] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const reason = why.trim() === '' ? {} : { why: why.trim() };
  const others = lines.filter((line) => line.group !== ticket.group);
  return (
    <Modal
      open
      title={kind === 'move' ? `把 ${ticket.label} 转到别的窗口` : `${ticket.label} 稍后继续`}
      okText={kind === 'move' ? '转过去' : '先放一放'}
      cancelText="不了"
      confirmLoading={busy}
      okButtonProps={{ disabled: kind === 'move' && group === null }}
      onOk={() =>
        onDone(kind === 'park' ? { do: 'park', ...reason } : { do: 'move', group: group ?? '', ...reason })
      }
      onCancel={onLeave}
    >
      {kind === 'move' ? (
        <>
          <p className="window-say">排队时间从原来取号时算起，不用重新排。</p>
          <Radio.Group
            className="window-groups"
            value={group}
            onChange={(event) => setGroup(event.target.value as string)}
            options={others.map((line) => ({
              value: line.group,
              label: `${line.group}（${line.waiting} 人等候，开 ${line.windowsOpen} 个窗口）`,
            }))}
          />
        </>
      ) : (
        <p className="window-say">例如回去补复印件、等后台处理。回到这个窗口时不用再排队。</p>
      )}
      <Input
        aria-label="原因"
        placeholder="原因（可不填）"
        maxLength={100}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
      />
    </Modal>
  );
}
