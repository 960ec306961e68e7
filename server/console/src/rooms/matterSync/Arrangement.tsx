import { Button, Form, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  arrangeMatter,
  arrangementChoices,
  type MatterArrangement,
  type SourceMatterDetail,
} from '../../api/matterSync.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSay } from '../../parts/useSay.tsx';

type Own = SourceMatterDetail['own'];
type Places = MatterArrangement['places'];

/** What is the hall's own of a matter: topic, minutes, and which windows do it. */
export function Arrangement(props: {
  id: string;
  own: Own;
  mayAct: boolean;
  put: (detail: SourceMatterDetail) => void;
}): ReactNode {
  const { id, own, mayAct, put } = props;
  const say = useSay();
  const choices = useLoad((options) => arrangementChoices(options), []);
  const [topic, setTopic] = useState(own.topic);
  const [minutes, setMinutes] = useState(own.minutes);
  const [places, setPlaces] = useState<Places>(() =>
    own.places.map(({ hallId, group }) => ({ hallId, group })),
  );
  const [busy, setBusy] = useState(false);
  if (!choices.data) {
    return choices.error ? <Failure error={choices.error} onRetry={choices.reload} /> : <PageWait />;
  }
  const { topics, halls } = choices.data;
  const groupsOf = (hallId: string) => halls.find((hall) => hall.id === hallId)?.groups ?? [];
  const free = halls.filter(({ id: hall }) => !places.some(({ hallId }) => hallId === hall));

  const change = (hallId: string, group: string): void =>
    setPlaces(places.map((each) => (each.hallId === hallId ? { hallId, group } : each)));
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      put(await arrangeMatter(id, { topic, minutes, places }));
      say.done('已保存，市民马上能看到');
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" component="div" disabled={!mayAct}>
      <div className="arrange-pair">
        <Form.Item label="主题" htmlFor="arrange-topic">
          <Select
            id="arrange-topic"
            value={topic}
            options={[...new Set([...topics, own.topic])].map((each) => ({ value: each, label: each }))}
            onChange={setTopic}
          />
        </Form.Item>
        <Form.Item label="窗口办一次要几分钟" htmlFor="arrange-minutes">
          <InputNumber
            id="arrange-minutes"
            value={minutes}
            min={5}
            max={240}
            onChange={(value) => setMinutes(value ?? own.minutes)}
          />
        </Form.Item>
      </div>
      <Form.Item label={`在哪里办（${places.length} 个大厅）`}>
        {places.length === 0 && <p className="quiet">还没有安排窗口，市民看得到指南，但不能预约。</p>}
        <ul className="arrange-places">
          {places.map(({ hallId, group }) => (
            <li key={hallId}>
              <span>{halls.find((hall) => hall.id === hallId)?.name ?? hallId}</span>
              <Select
                aria-label="窗口"
                value={group}
                options={groupsOf(hallId).map((each) => ({
                  value: each.group,
                  label: `${each.group}（${each.windows} 个窗口）`,
                }))}
                onChange={(value) => change(hallId, value)}
              />
              <Button type="text" onClick={() => setPlaces(places.filter((each) => each.hallId !== hallId))}>
                去掉
              </Button>
            </li>
          ))}
        </ul>
        <Select
          aria-label="加一个大厅"
          placeholder="加一个大厅"
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          options={free.map(({ id: value, name, bookable }) => ({
            value,
            label: bookable ? name : `${name}（现场取号）`,
          }))}
          onChange={(hallId: string | null) => {
            const first = hallId === null ? undefined : groupsOf(hallId)[0];
            if (hallId !== null && first) setPlaces([...places, { hallId, group: first.group }]);
          }}
          data-testid="add-hall"
        />
      </Form.Item>
      {mayAct && (
        <Button type="primary" loading={busy} onClick={() => void save()} data-testid="save-arrangement">
          保存
        </Button>
      )}
    </Form>
  );
}
