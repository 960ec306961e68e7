import { Progress } from 'antd';
import type { ReactNode } from 'react';
import type { SyncRunView } from '../../api/matterSync.ts';
import { color } from '../../theme/tokens.ts';
import { percentOf, stepWords } from './words.ts';

/** The run that is under way. */
export function RunNow({ run }: { run: SyncRunView }): ReactNode {
  return (
    <div className="sync-now" data-testid="sync-progress">
      <p>{stepWords(run)}</p>
      <Progress percent={percentOf(run)} strokeColor={color.primary} status="active" />
    </div>
  );
}
