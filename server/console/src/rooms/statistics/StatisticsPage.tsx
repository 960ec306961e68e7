import { Empty, Progress, Segmented } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { type NoticeStatistics, noticeStatistics } from '../../api/notices.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import './StatisticsPage.css';

const DaysChart = lazy(() => import('./DaysChart.tsx').then((m) => ({ default: m.DaysChart })));

/** How messages fared: by day, by kind, how fast, and what is left of the day's quota. */
export function StatisticsPage(): ReactNode {
  const [days, setDays] = useState(7);
  const loaded = useLoad((options) => noticeStatistics(days, options), [days], 15_000);
  const { data } = loaded;
  return (
    <>
      <PageHeader
        title="消息统计"
        note="发给市民本人的通知；群发的进度在各条群发里查看。"
        actions={
          <Segmented<number>
            value={days}
            options={[
              { value: 7, label: '近 7 天' },
              { value: 30, label: '近 30 天' },
            ]}
            onChange={setDays}
          />
        }
      />
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {data ? <Figures data={data} /> : !loaded.error && <PageWait />}
    </>
  );
}

function Figures({ data }: { data: NoticeStatistics }): ReactNode {
  const sum = (pick: (day: NoticeStatistics['days'][number]) => number): number =>
    data.days.reduce((total, day) => total + pick(day), 0);
  const total = sum((day) => day.total);
  const percent = (part: number): string =>
    total === 0 ? '—' : `${Math.round((part / total) * 1000) / 10}%`;
  return (
    <>
      <dl className="panel statistics-figures">
        <Figure label="通知" value={total.toLocaleString()} />
        <Figure label="已送达" value={percent(sum((day) => day.delivered))} />
        <Figure
          label="10 秒内发出"
          value={data.within10Seconds === null ? '—' : `${Math.round(data.within10Seconds * 1000) / 10}%`}
        />
        <Figure
          label="失败"
          value={sum((day) => day.failed).toLocaleString()}
          bad={sum((day) => day.failed) > 0}
        />
        <Figure
          label="等待发送"
          value={data.waiting.toLocaleString()}
          note={
            data.oldestWaitingSeconds !== null && data.oldestWaitingSeconds > 60
              ? `最久已等 ${Math.ceil(data.oldestWaitingSeconds / 60)} 分钟`
              : null
          }
        />
      </dl>
      <section className="panel">
        <h2>每天的通知</h2>
        {total === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="这段时间没有发过通知。" />
        ) : (
          <Suspense fallback={<div style={{ height: 240 }} />}>
            <DaysChart days={data.days} />
          </Suspense>
        )}
      </section>
      <div className="statistics-two">
        <section className="panel">
          <h2>按类型</h2>
          {data.kinds.length === 0 ? (
            <p className="quiet">没有数据。</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th>通知</th>
                  <th>条数</th>
                  <th>失败</th>
                </tr>
              </thead>
              <tbody>
                {data.kinds.map((kind) => (
                  <tr key={kind.kind}>
                    <td>{kind.title}</td>
                    <td className="figure">{kind.total.toLocaleString()}</td>
                    <td className={kind.failed > 0 ? 'figure statistics-bad' : 'figure'}>
                      {kind.failed.toLocaleString()}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        <section className="panel">
          <h2>今天的模板消息额度</h2>
          <Quota quota={data.quota} />
        </section>
      </div>
    </>
  );
}

function Quota({ quota }: { quota: NoticeStatistics['quota'] }): ReactNode {
  if (!quota) return <p className="quiet">微信暂时没有答复额度。</p>;
  const used = quota.limit === 0 ? 0 : Math.min(100, Math.round((quota.used / quota.limit) * 1000) / 10);
  return (
    <>
      <Progress
        percent={used}
        strokeColor="var(--primary)"
        railColor="var(--sunken)"
        format={() => `${used}%`}
      />
      <p className="figure">
        已用 {quota.used.toLocaleString()}，共 {quota.limit.toLocaleString()} 条
      </p>
      <p className="field-note figure">
        其中 {quota.reserve.toLocaleString()} 条留给发给个人的通知，群发不能占用。
      </p>
    </>
  );
}

function Figure(props: { label: string; value: string; bad?: boolean; note?: string | null }): ReactNode {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd className={props.bad ? 'figure statistics-bad' : 'figure'}>{props.value}</dd>
      {props.note && <small>{props.note}</small>}
    </div>
  );
}
