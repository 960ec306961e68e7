import { App, Progress as Bar, Button } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { BroadcastView } from '../../api/broadcasts.ts';
import { doneOf, rateOf, type Sample, timeLeftText, withSample } from './progress.ts';
import { useAct } from './useAct.ts';

interface Props {
  readonly view: BroadcastView;
  readonly put: (view: BroadcastView) => void;
  readonly reload: () => void;
}

/** How far it is, how fast, and the three levers: pause, resume, stop. */
export function Progress({ view, put, reload }: Props): ReactNode {
  const { counts, state } = view;
  const { done, percent } = doneOf(counts);
  const rate = useRate(done, state === 'sending');
  const left = timeLeftText(counts.waiting, rate);
  return (
    <section className="panel" aria-live="polite">
      <div className="progress-head">
        <h2>发送进度</h2>
        <Levers view={view} put={put} reload={reload} />
      </div>
      <Bar
        percent={percent}
        strokeColor={state === 'paused' ? 'var(--accent)' : 'var(--primary)'}
        railColor="var(--sunken)"
        format={() => `${percent}%`}
      />
      {state === 'sending' && (
        <p className="field-note figure">
          {rate === null ? '正在发送…' : `每秒约 ${Math.max(1, Math.round(rate)).toLocaleString()} 条`}
          {left && `，还需${left}`}
        </p>
      )}
      <dl className="counts">
        <Count label="应发" value={counts.audience} />
        <Count label="已发出" value={counts.sent} testId="count-sent" />
        <Count label="已送达" value={counts.delivered} />
        <Count label="市民拒收" value={counts.refused} />
        <Count label="失败" value={counts.failed} bad={counts.failed > 0} />
        <Count label={state === 'stopped' ? '未发' : '等待'} value={counts.waiting} />
      </dl>
      {counts.sent > counts.delivered && (
        <p className="field-note">微信会陆续回报是否送达，送达数会稍后增加。</p>
      )}
    </section>
  );
}

function Count(props: { label: string; value: number; bad?: boolean; testId?: string }): ReactNode {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd className={props.bad ? 'figure counts-bad' : 'figure'} data-testid={props.testId}>
        {props.value.toLocaleString()}
      </dd>
    </div>
  );
}

function useRate(done: number, running: boolean): number | null {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    setSamples((before) => (running ? withSample(before, { at: performance.now(), done }) : []));
  }, [done, running]);
  return rateOf(samples);
}

function Levers({ view, put, reload }: Props): ReactNode {
  const { modal } = App.useApp();
  const { act, busy } = useAct(view, put, reload);
  const waiting = view.counts.waiting.toLocaleString();
  const sure = async (title: string, content: string, okText: string, danger: boolean): Promise<boolean> =>
    modal.confirm({
      title,
      content,
      okText,
      okButtonProps: { danger, 'data-testid': 'confirm' },
    });
  const pause = async (): Promise<void> => {
    const text = `还没发的 ${waiting} 人会先等着，可以随时继续。已经发出的消息收不回。`;
    if (await sure('暂停发送？', text, '暂停', false)) await act('pause', '已暂停');
  };
  const stop = async (): Promise<void> => {
    const text = `还没发的 ${waiting} 人不会再收到，停止后不能恢复。已经发出的消息收不回。`;
    if (await sure('停止发送？', text, '停止', true)) await act('stop', '已停止');
  };
  return (
    <div className="decision-acts">
      {view.acts.includes('pause') && (
        <Button loading={busy === 'pause'} onClick={() => void pause()} data-testid="pause">
          暂停
        </Button>
      )}
      {view.acts.includes('resume') && (
        <Button
          type="primary"
          loading={busy === 'resume'}
          onClick={() => void act('resume', '已继续发送')}
          data-testid="resume"
        >
          继续发送
        </Button>
      )}
      {view.acts.includes('stop') && (
        <Button danger loading={busy === 'stop'} onClick={() => void stop()} data-testid="stop">
          停止
        </Button>
      )}
    </div>
  );
}
