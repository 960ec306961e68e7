import { Button, Input, InputNumber, Modal, Select, Switch, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { bookableHalls } from '../../api/halls.ts';
import {
  changeSchedule,
  previewSchedule,
  readSchedule,
  type ScheduleEffect,
  type ScheduleView,
  type Timetable,
  type Zone,
} from '../../api/schedule.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { useSession } from '../../session/Session.tsx';
import { Exceptions } from './Exceptions.tsx';
import { Extended } from './Extended.tsx';
import { HoursFields } from './HoursFields.tsx';
import { groupsOf, withWindows } from './timetable.ts';
import './HallsPage.css';

/** Windows, hours and special days of a hall. A change shows first what it does and whom it hits. */
export function HallsPage(): ReactNode {
  const { staff } = useSession();
  const own = staff?.hall?.id ?? null;
  const halls = useLoad(({ signal }) => bookableHalls(signal), []);
  const [hall, setHall] = useState(own ?? 'district');
  const loaded = useLoad((options) => readSchedule(hall, options), [hall]);
  return (
    <>
      <PageHeader
        title="窗口与时间"
        note="改动先看影响哪些预约，确认后通知本人并另留时间；每次改动都有记录。"
        actions={
          <Select
            style={{ width: 260 }}
            value={hall}
            disabled={own !== null}
            showSearch={{ optionFilterProp: 'label' }}
            options={(halls.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
            onChange={setHall}
          />
        }
      />
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {!loaded.data && loaded.loading && <PageWait />}
      {loaded.data && (
        <Edit
          key={`${loaded.data.hall.id} ${loaded.data.version}`}
          view={loaded.data}
          onChanged={loaded.reload}
        />
      )}
    </>
  );
}

const tableOf = ({ hours, exceptions, zones, extended, matterHours }: ScheduleView): Timetable => ({
  hours,
  exceptions,
  zones,
  extended,
  matterHours,
});

function Edit({ view, onChanged }: { view: ScheduleView; onChanged: () => void }): ReactNode {
  const say = useSay();
  const [table, setTable] = useState<Timetable>(() => tableOf(view));
  const [why, setWhy] = useState('');
  const [effect, setEffect] = useState<ScheduleEffect | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify(table) !== JSON.stringify(tableOf(view));
  const asked = { version: view.version, why: why.trim(), timetable: table };
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  const look = () => run(async () => setEffect(await previewSchedule(view.hall.id, asked)));
  const save = () =>
    run(async () => {
      const done = await changeSchedule(view.hall.id, asked);
      const left = done.withoutOffer > 0 ? `，${done.withoutOffer} 个没有空位，请电话联系` : '';
      say.done(
        done.hit.length === 0 ? '已保存，没有人受影响' : `已保存，${done.offered} 个预约已另留时间${left}`,
      );
      setEffect(null);
      onChanged();
    });
  const groups = [...new Set(table.zones.flatMap((zone) => zone.windows.map((each) => each.group)))];
  return (
    <>
      <section className="panel halls-form">
        <div>
          <h2>每周办公时间</h2>
          <HoursFields value={table.hours} onChange={(hours) => setTable({ ...table, hours })} />
        </div>
        <div>
          <h2>窗口</h2>
          {table.zones.map((zone, at) => (
            <ZoneFields
              key={zone.code}
              zone={zone}
              hours={table.hours}
              onCount={(row, count) => setTable((before) => withWindows(before, row, count))}
              onHours={(hours) =>
                setTable({
                  ...table,
                  zones: table.zones.map((each, index) => (index === at ? { ...each, hours } : each)),
                })
              }
            />
          ))}
        </div>
        <div>
          <h2>特殊日子</h2>
          <Exceptions
            value={table.exceptions}
            onChange={(exceptions) => setTable({ ...table, exceptions })}
          />
        </div>
        <div>
          <h2>延时服务</h2>
          <Extended
            value={table.extended}
            groups={groups}
            onChange={(extended) => setTable({ ...table, extended })}
          />
        </div>
        <div className="halls-save">
          <Input
            style={{ width: 320 }}
            placeholder="为什么改，会写进给市民的通知"
            maxLength={14}
            showCount
            value={why}
            onChange={(event) => setWhy(event.target.value)}
            data-testid="why"
          />
          <Button
            type="primary"
            disabled={!dirty || why.trim().length < 2}
            loading={busy && !effect}
            onClick={() => void look()}
            data-testid="preview"
          >
            看看影响
          </Button>
          {dirty && <Button onClick={() => setTable(tableOf(view))}>恢复原样</Button>}
        </div>
      </section>
      <History view={view} />
      {effect && (
        <Modal
          open
          width={720}
          title={effect.hit.length === 0 ? '没有预约受影响' : `${effect.hit.length} 个预约没有位置了`}
          okText={effect.hit.length === 0 ? '保存' : '保存并通知'}
          cancelText="再改改"
          confirmLoading={busy}
          okButtonProps={{ danger: effect.hit.length > 0 }}
          onOk={() => void save()}
          onCancel={() => setEffect(null)}
        >
          <ul className="halls-what">
            {effect.what.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          {effect.hit.length > 0 && (
            <>
              <p>这些预约会取消，不计爽约；每人另留一个时间，保留 24 小时，并收到通知。</p>
              <Table
                rowKey="id"
                size="small"
                dataSource={effect.hit}
                pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
                columns={[
                  { title: '时间', render: (_, row) => `${row.date.slice(5)} ${row.start}`, width: 120 },
                  { title: '预约号', dataIndex: 'number', width: 150 },
                  { title: '事项', dataIndex: 'matter', ellipsis: true },
                  { title: '办事人', dataIndex: 'person', width: 90 },
                ]}
              />
            </>
          )}
        </Modal>
      )}
    </>
  );
}

function ZoneFields(props: {
  zone: Zone;
  hours: Timetable['hours'];
  onCount: (row: ReturnType<typeof groupsOf>[number], count: number) => void;
  onHours: (hours: Zone['hours']) => void;
}): ReactNode {
  const { zone, hours, onCount, onHours } = props;
  return (
    <div className="halls-zone">
      <div className="halls-line" style={{ justifyContent: 'space-between', marginBottom: 12 }}>
        <h3>{`${zone.name}，共 ${zone.windows.length} 个窗口`}</h3>
        <span className="halls-line">
          <span className="quiet">办公时间另定</span>
          <Switch
            size="small"
            checked={zone.hours !== null}
            onChange={(on) => onHours(on ? structuredClone(hours) : null)}
          />
        </span>
      </div>
      {zone.hours && (
        <div style={{ marginBottom: 16 }}>
          <HoursFields value={zone.hours} onChange={onHours} />
        </div>
      )}
      <div className="halls-groups">
        {groupsOf(zone).map((row) => (
          <div className="halls-group" key={row.group}>
            <span>{row.group}</span>
            <InputNumber
              aria-label={`${row.group}窗口数`}
              min={1}
              max={200}
              value={row.windows.length}
              addonAfter="个"
              style={{ width: 120 }}
              onChange={(count) => count && onCount(row, count)}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function History({ view }: { view: ScheduleView }): ReactNode {
  return (
    <section className="panel halls-history">
      <h2>改动记录</h2>
      {view.history.length === 0 && <p className="quiet">还没有改动过。</p>}
      <ul>
        {view.history.map((each) => (
          <li key={each.at}>
            {each.what.join('；')}
            <small>{`${momentText(each.at)} · ${each.by} · ${each.why}`}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
