import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { resetBreaker, type SystemDetail } from '../../api/systems.ts';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { breakerWords, msWords, roleWords } from './words.ts';

/** Breaker and queue of each process, and the rules they follow. */
export function Gates({ detail, onDone }: { detail: SystemDetail; onDone: () => void }): ReactNode {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const { policy, processes, system } = detail;
  const reset = async (): Promise<void> => {
    setBusy(true);
    try {
      await resetBreaker(system.id);
      say.done('已通知各进程，2 秒内恢复调用');
      onDone();
    } catch (thrown) {
      say.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel">
      <div className="systems-row">
        <h2>熔断与排队</h2>
        {detail.mayAct && (
          <Button
            loading={busy}
            disabled={system.breaker === 'closed'}
            onClick={() => void reset()}
            data-testid="reset-breaker"
          >
            解除熔断
          </Button>
        )}
      </div>
      {processes.length === 0 && <p className="quiet">没有进程报告状态。</p>}
      <ul className="systems-processes">
        {processes.map((each) => (
          <li key={each.name}>
            <StateTag
              tone={each.breaker === 'closed' ? 'good' : each.breaker === 'open' ? 'bad' : 'needsYou'}
              testId="breaker"
            >
              {breakerWords[each.breaker]}
            </StateTag>
            <span>
              进程 {each.name}
              <small className="systems-why">
                {each.roles.map((role) => roleWords[role] ?? role).join('、')}
              </small>
            </span>
            <span className="figure quiet">
              进行 {each.running} / {policy.atOnce}，排队 {each.waiting}
            </span>
          </li>
        ))}
      </ul>
      <dl className="systems-policy">
        <div>
          <dt>时限</dt>
          <dd>{msWords(policy.timeoutMs)}</dd>
        </div>
        <div>
          <dt>熔断</dt>
          <dd>
            连续 {policy.breakerFailures} 次失败，停 {msWords(policy.breakerRestMs)}
          </dd>
        </div>
        <div>
          <dt>维护时段</dt>
          <dd>{policy.maintenance.length === 0 ? '没有' : policy.maintenance.join('；')}</dd>
        </div>
        <div>
          <dt>当日次数</dt>
          <dd className="figure">
            {policy.quota === null
              ? '不限'
              : `${policy.quota.used.toLocaleString()} / ${policy.quota.limit.toLocaleString()}`}
          </dd>
        </div>
      </dl>
    </section>
  );
}
