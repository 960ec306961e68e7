import type { ReactNode } from 'react';
import { readEstimate } from '../../api/broadcasts.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { costText } from './listWords.ts';

/** For the approver: how many, for example whom, at what cost. */
export function EstimateFacts({ id, version }: { id: string; version: number }): ReactNode {
  const { data, error, reload } = useLoad((options) => readEstimate(id, options), [id, version]);
  if (!data) return error ? <Failure error={error} onRetry={reload} /> : <p className="quiet">正在估算…</p>;
  const { sample } = data;
  return (
    <dl className="estimate" data-testid="estimate">
      <dt>收到的人</dt>
      <dd>
        {data.count.toLocaleString()} 人
        {data.notFollowing !== null &&
          data.notFollowing > 0 &&
          `；另有 ${data.notFollowing.toLocaleString()} 人没有关注公众号，收不到`}
      </dd>
      <dt>例如</dt>
      <dd>
        {sample.length === 0
          ? '现在没有人'
          : sample.map(({ name, receiver }) => name ?? `未登记姓名（${receiver}）`).join('、')}
      </dd>
      <dt>占用额度</dt>
      <dd>{costText(data.cost)}</dd>
    </dl>
  );
}
