import type { ReactNode } from 'react';
import './PageWait.css';

/** While a room is on its way: quiet bars where the content will be, shown only when it takes long. */
export function PageWait({ whole = false }: { whole?: boolean }): ReactNode {
  return (
    <div className={whole ? 'wait wait-whole' : 'wait'} role="status" aria-label="正在加载">
      <i style={{ width: '24%' }} />
      <i style={{ width: '72%' }} />
      <i style={{ width: '64%' }} />
    </div>
  );
}
