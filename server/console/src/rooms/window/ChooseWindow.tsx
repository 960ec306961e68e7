import { Button, Form, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { bookableHalls } from '../../api/halls.ts';
import { readHall, readQueue, type WindowAt } from '../../api/queue.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';

/** Where this computer stands. Asked once. */
export function ChooseWindow(props: { ownHall: string | null; onChoose: (at: WindowAt) => void }): ReactNode {
  const { ownHall, onChoose } = props;
  const [hall, setHall] = useState<string | null>(ownHall);
  const [number, setNumber] = useState<string | null>(null);
  const halls = useLoad(({ signal }) => bookableHalls(signal), []);
  const found = useLoad(
    async (options) =>
      hall ? { hall: await readHall(hall, options), queue: await readQueue(hall, options) } : null,
    [hall],
  );
  const taken = new Map(
    (found.data?.queue.windows ?? [])
      .filter((each) => each.open && each.staff)
      .map((each) => [each.number, each.staff]),
  );
  const groups = (found.data?.hall.zones ?? []).map((zone) => ({
    label: zone.name,
    options: zone.windows.map((window) => {
      const who = taken.get(window.number);
      return {
        value: window.number,
        label: `${window.number} · ${window.name}${who ? `（${who} 在用）` : ''}`,
      };
    }),
  }));
  return (
    <>
      <PageHeader title="窗口叫号" note="先选这台电脑所在的窗口，以后会记住。" />
      <Failure error={found.error} onRetry={found.reload} />
      <Form layout="vertical" className="panel window-choose">
        <Form.Item label="大厅">
          <Select
            aria-label="大厅"
            value={hall}
            disabled={ownHall !== null}
            placeholder="选择大厅"
            showSearch={{ optionFilterProp: 'label' }}
            options={(halls.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
            onChange={(id) => {
              setHall(id);
              setNumber(null);
            }}
          />
        </Form.Item>
        <Form.Item label="窗口">
          <Select
            aria-label="窗口"
            data-testid="choose-window"
            value={number}
            loading={found.loading && hall !== null}
            placeholder="选择窗口，可以输入编号"
            showSearch={{ optionFilterProp: 'label' }}
            options={groups}
            onChange={setNumber}
          />
        </Form.Item>
        <Button
          type="primary"
          size="large"
          block
          disabled={!hall || !number}
          data-testid="take-window"
          onClick={() => hall && number && onChoose({ hall, number })}
        >
          就在这个窗口
        </Button>
      </Form>
    </>
  );
}
