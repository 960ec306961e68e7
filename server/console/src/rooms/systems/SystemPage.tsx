import { App, Button, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router-dom';
import { readSystem, type Span, type SystemDetail, switchOn } from '../../api/systems.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { Calls } from './Calls.tsx';
import { CountsChart, TimesChart } from './charts.tsx';
import { Gates } from './Gates.tsx';
import { RawRows } from './RawRows.tsx';
import { SwitchDialog } from './SwitchDialog.tsx';
import { Trial } from './Trial.tsx';
import { agoWords, failedShare, moodLooks, msWords, sentOf, shareWords } from './words.ts';
import './systems.css';

const back = { to: '/systems', label: '外部系统' };

/** One system: how it stands, how it has been, and what can be done. */
export function SystemPage(): ReactNode {
  const { id = '' } = useParams();
  const say = useSay();
  const { modal } = App.useApp();
  const [span, setSpan] = useState<Span>('day');
  const [asking, setAsking] = useState(false);
  const load = useLoad((options) => readSystem(id, span, options), [id, span], 10_000);
  const { data } = load;
  const turnOn = async (): Promise<void> => {
    const sure = await modal.confirm({
      title: `重新打开${data?.system.name ?? ''}？`,
      content: '各进程 2 秒内恢复调用。打开前可以先试调用一次。',
      okText: '打开',
      cancelText: '先不打开',
      okButtonProps: { ...{ 'data-testid': 'confirm' } },
    });
    if (!sure) return;
    try {
      await switchOn(id);
      say.done('已打开');
      load.reload();
    } catch (thrown) {
      say.failed(thrown);
    }
  };
  return (
    <>
      <PageHeader
        back={back}
        title={data?.system.name ?? '外部系统'}
        actions={
          data?.mayAct &&
          data.system.mood !== 'absent' &&
          (data.system.off ? (
            <Button type="primary" onClick={() => void turnOn()} data-testid="switch-on">
              重新打开
            </Button>
          ) : (
            <Button danger onClick={() => setAsking(true)} data-testid="switch-off">
              关闭
            </Button>
          ))
        }
      />
      {load.error && data && (
        <p className="systems-stale" role="status">
          下面是 {momentText(data.now)} 的情况，可能已经变化。
        </p>
      )}
      <Failure error={load.error} onRetry={load.reload} />
      {!data && load.loading && <PageWait />}
      {data && (
        <>
          <Now detail={data} />
          <section className="panel">
            <div className="systems-row">
              <h2>走势</h2>
              <Segmented<Span>
                value={span}
                options={[
                  { value: 'hour', label: '1 小时' },
                  { value: 'day', label: '24 小时' },
                  { value: 'week', label: '7 天' },
                ]}
                onChange={setSpan}
              />
            </div>
            <div className="systems-charts">
              <figure>
                <figcaption>用时（毫秒）</figcaption>
                <TimesChart series={data.series} span={span} />
              </figure>
              <figure>
                <figcaption>调用次数</figcaption>
                <CountsChart series={data.series} span={span} />
              </figure>
            </div>
          </section>
          <div className="systems-two">
            <Gates detail={data} onDone={load.reload} />
            <div>
              <Trial detail={data} onDone={load.reload} />
              <Switches detail={data} />
            </div>
          </div>
          <RawRows detail={data} />
          <Calls id={id} />
          {asking && (
            <SwitchDialog
              system={data.system}
              onLeave={() => setAsking(false)}
              onDone={() => {
                setAsking(false);
                load.reload();
              }}
            />
          )}
        </>
      )}
    </>
  );
}

function Now({ detail }: { detail: SystemDetail }): ReactNode {
  const { system, now } = detail;
  const look = moodLooks[system.mood];
  return (
    <section className="panel">
      <p className="systems-now">
        <StateTag tone={look.tone} testId="mood">
          {look.label}
        </StateTag>
        <span>
          {system.off
            ? `${system.off.by} 于 ${momentText(system.off.at)} 关闭：${system.off.reason}`
            : system.moodWords}
        </span>
      </p>
      <dl className="systems-figures">
        <Figure name="近一小时调用" value={sentOf(system.hour).toLocaleString()} />
        <Figure name="失败率" value={shareWords(failedShare(system.hour))} bad={!!failedShare(system.hour)} />
        <Figure name="p50" value={msWords(system.hour.p50)} />
        <Figure name="p95" value={msWords(system.hour.p95)} />
        <Figure name="p99" value={msWords(system.hour.p99)} />
        <Figure name="最近正常" value={system.lastGoodAt ? agoWords(system.lastGoodAt, now) : '还没有'} />
      </dl>
      <p className="quiet">
        {[
          `近 24 小时 ${sentOf(system.day).toLocaleString()} 次，失败率 ${shareWords(failedShare(system.day))}，未发出 ${system.day.counts.notSent.toLocaleString()} 次`,
          system.lastFailure &&
            `最近一次失败 ${agoWords(system.lastFailure.at, now)}：${system.lastFailure.words}`,
          system.outbox &&
            system.outbox.waiting > 0 &&
            `待送达 ${system.outbox.waiting} 条${system.outbox.oldestAt ? `，最早 ${agoWords(system.outbox.oldestAt, now)}` : ''}`,
        ]
          .filter(Boolean)
          .join('；')}
        。
      </p>
    </section>
  );
}

const Figure = ({ name, value, bad = false }: { name: string; value: string; bad?: boolean }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd className={bad ? 'figure systems-bad' : 'figure'}>{value}</dd>
  </div>
);

function Switches({ detail }: { detail: SystemDetail }): ReactNode {
  return (
    <section className="panel">
      <h2>开关记录</h2>
      {detail.switches.length === 0 && <p className="quiet">没有关闭过。</p>}
      <ul className="systems-switches">
        {detail.switches.map((turn) => (
          <li key={`${turn.at}${turn.off}`}>
            <span className="figure quiet">{momentText(turn.at)}</span>
            <span>
              {turn.by} {turn.off ? `关闭：${turn.reason}` : '重新打开'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
