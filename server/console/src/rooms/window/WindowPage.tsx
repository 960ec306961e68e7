import { Button } from 'antd';
import type { ReactNode } from 'react';
import { readHall } from '../../api/queue.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { useSession } from '../../session/Session.tsx';
import { ChooseWindow } from './ChooseWindow.tsx';
import { useChosenWindow } from './chosenWindow.ts';
import { Desk } from './Desk.tsx';
import { HelpButton } from './HelpButton.tsx';
import { SittingsButton } from './SittingsButton.tsx';
import './WindowPage.css';

/** The screen of one window: who is here, who comes next. */
export function WindowPage(): ReactNode {
  const { staff } = useSession();
  const ownHall = staff?.hall?.id ?? null;
  const [at, choose] = useChosenWindow(ownHall);
  const hall = useLoad(async (options) => (at ? readHall(at.hall, options) : null), [at?.hall]);
  if (!at) return <ChooseWindow ownHall={ownHall} onChoose={choose} />;
  const zone = hall.data?.zones.find((each) => each.windows.some((one) => one.number === at.number));
  return (
    <>
      <PageHeader
        title={`${at.number} 号窗口`}
        note={hall.data ? [hall.data.name, zone?.name].filter(Boolean).join(' · ') : ' '}
        actions={
          <>
            <HelpButton at={at} />
            <SittingsButton at={at} />
            <Button type="text" onClick={() => choose(null)}>
              换一个窗口
            </Button>
          </>
        }
      />
      <Failure error={hall.error} onRetry={hall.reload} />
      {zone ? (
        <Desk key={`${at.hall} ${at.number}`} at={at} zone={zone.code} me={staff?.name ?? ''} />
      ) : (
        hall.loading && <PageWait />
      )}
      {hall.data && !zone && (
        <div className="notice">
          <h1>这个大厅没有 {at.number} 号窗口</h1>
          <p>窗口可能调整过编号，请重新选择。</p>
          <Button type="primary" onClick={() => choose(null)}>
            选择窗口
          </Button>
        </div>
      )}
    </>
  );
}
