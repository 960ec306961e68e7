import { App, Button, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { readSync, runSync } from '../../api/matterSync.ts';
import { useLoad } from '../../api/useLoad.ts';
import { momentText } from '../../parts/dates.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { RunNow } from './RunNow.tsx';
import { Runs } from './Runs.tsx';
import { SourceMatters } from './SourceMatters.tsx';
import { Upcoming } from './Upcoming.tsx';
import { isActive } from './words.ts';
import './MatterSyncPage.css';

/** How the catalogue follows 事项管理系统: runs, what is to come, versions. */
export function MatterSyncPage(): ReactNode {
  const say = useSay();
  const { modal } = App.useApp();
  const load = useLoad(
    (options) => readSync(options),
    [],
    (seen) => (seen?.runs.some(isActive) ? 1000 : 15_000),
  );
  const [asking, setAsking] = useState(false);
  const { data } = load;
  const active = data?.runs.find(isActive);

  const run = async (force: boolean): Promise<void> => {
    if (force) {
      const sure = await modal.confirm({
        title: '按这一批更新？',
        content:
          '这一批会下架较多事项。请先与省事项系统的管理员核实，确认无误再更新；已预约的市民会收到通知。',
        okText: '已核实，更新',
        okButtonProps: { danger: true, 'data-testid': 'confirm' },
      });
      if (!sure) return;
    }
    setAsking(true);
    try {
      await runSync(force);
      load.reload();
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setAsking(false);
    }
  };

  return (
    <>
      <PageHeader
        title="事项同步"
        note="办事指南来自省事项管理系统，每天 04:30 自动更新。"
        actions={
          data?.mayRun &&
          data.configured && (
            <Button
              type="primary"
              icon={<Icon name="refresh" size={18} />}
              loading={asking}
              disabled={active !== undefined}
              onClick={() => void run(false)}
              data-testid="run-sync"
            >
              现在同步
            </Button>
          )
        }
      />
      <Failure error={load.error} onRetry={load.reload} />
      {!data && load.loading && <PageWait />}
      {data && !data.configured && (
        <p className="sync-warning" role="status">
          <Icon name="warn" />
          还没有配置省事项管理系统的地址（ITEMS_BASE），现在显示的是本地事项。
        </p>
      )}
      {data && (
        <>
          <section className="panel">
            <dl className="sync-figures">
              <Figure name="在办事项" value={data.counts.offered} />
              <Figure name="来自省系统" value={data.counts.fromSource} />
              <Figure name="待核实" value={data.counts.doubtful} />
              <Figure name="已下架" value={data.counts.withdrawn} />
              <div>
                <dt>最近一次成功</dt>
                <dd className="sync-when">{data.lastGoodAt ? momentText(data.lastGoodAt) : '还没有'}</dd>
              </div>
            </dl>
            {active && <RunNow run={active} />}
          </section>
          <Tabs
            className="sync-tabs"
            items={[
              {
                key: 'runs',
                label: '同步记录',
                children: (
                  <Runs
                    runs={data.runs}
                    mayForce={data.mayRun && active === undefined}
                    onForce={() => void run(true)}
                  />
                ),
              },
              {
                key: 'upcoming',
                label: `将要生效（${data.upcoming.length}）`,
                children: <Upcoming upcoming={data.upcoming} />,
              },
              { key: 'matters', label: '事项与版本', children: <SourceMatters mayAct={data.mayRun} /> },
            ]}
          />
        </>
      )}
    </>
  );
}

const Figure = ({ name, value }: { name: string; value: number }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd className="figure">{value.toLocaleString()}</dd>
  </div>
);
