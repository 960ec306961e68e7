import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { type SystemDetail, type TrialView, tryNow } from '../../api/systems.ts';
import { StateTag } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { msWords } from './words.ts';

/** A harmless real question, asked now; also while the system is switched off, to see whether it may be switched on. */
export function Trial({ detail, onDone }: { detail: SystemDetail; onDone: () => void }): ReactNode {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [seen, setSeen] = useState<TrialView | null>(null);
  const ask = async (): Promise<void> => {
    setBusy(true);
    try {
      setSeen(await tryNow(detail.system.id));
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
        <h2>试调用</h2>
        {detail.mayAct && (
          <Button
            loading={busy}
            disabled={detail.trialWords === null}
            onClick={() => void ask()}
            data-testid="try"
          >
            现在试一次
          </Button>
        )}
      </div>
      <p className="quiet">
        {detail.trialWords === null
          ? '还没有配置这个系统的地址。'
          : `${detail.trialWords}；不改动任何数据，关闭时也能试。`}
      </p>
      {seen && (
        <p className="systems-tried" role="status" data-testid="tried">
          <StateTag tone={seen.outcome === 'ok' || seen.outcome === 'refused' ? 'good' : 'bad'}>
            {seen.outcome === 'ok' || seen.outcome === 'refused' ? '有答复' : '没有答复'}
          </StateTag>
          <span>
            {seen.words}
            {seen.outcome !== 'notSent' && `，用时 ${msWords(seen.ms)}`}
            {seen.attempts > 1 && `，共 ${seen.attempts} 次尝试`}
          </span>
        </p>
      )}
    </section>
  );
}
