import { Button } from 'antd';
import type { ReactNode } from 'react';
import { answerHelp, readHelp } from '../api/queue.ts';
import { useLoad } from '../api/useLoad.ts';
import { useSession } from '../session/Session.tsx';
import { momentText } from './dates.ts';
import { helpKinds } from './helpKinds.ts';
import { useSay } from './useSay.tsx';
import './HelpBar.css';

/** Windows that call for help, on every page of those who run a hall. */
export function HelpBar(): ReactNode {
  const { may } = useSession();
  return may('queue.manage') ? <Calls /> : null;
}

function Calls(): ReactNode {
  const say = useSay();
  const list = useLoad(readHelp, [], 4_000);
  const answer = async (id: string, what: 'take' | 'over'): Promise<void> => {
    try {
      await answerHelp(id, what);
    } catch (thrown) {
      say.failed(thrown);
    }
    list.reload();
  };
  return (list.data?.calls ?? []).map((each) => (
    <div
      className="help-call"
      key={each.id}
      role="alert"
      data-testid="help-call"
      data-taken={each.state === 'taken'}
    >
      <p>
        <strong>{`${each.window} 号窗口求助：${helpKinds[each.kind]}`}</strong>
        {[
          each.hall.name,
          `${each.by} ${momentText(each.at)} 按下`,
          each.takenBy && `${each.takenBy} 正在处理`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {each.state === 'open' && (
        <Button onClick={() => void answer(each.id, 'take')} data-testid="help-take">
          我去处理
        </Button>
      )}
      <Button ghost={each.state === 'open'} onClick={() => void answer(each.id, 'over')}>
        已处理好
      </Button>
    </div>
  ));
}
