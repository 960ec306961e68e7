import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { useSession } from '../../session/Session.tsx';
import { Agents } from './Agents.tsx';
import { Papers } from './Papers.tsx';
import './ProxiesPage.css';

type View = 'agents' | 'papers';

/** Who may book for whom: agents of enterprises, and authorisations on paper. */
export function ProxiesPage(): ReactNode {
  const { may } = useSession();
  const [view, setView] = useState<View>('agents');
  const views = [
    { value: 'agents' as const, label: '企业办事员' },
    ...(may('bookings.manage') ? [{ value: 'papers' as const, label: '书面授权' }] : []),
  ];
  return (
    <>
      <PageHeader
        title="代办授权"
        note="个人之间在手机上确认；没有手机的凭授权书在这里登记。企业办事员由两位同事先后确认。"
      />
      {views.length > 1 && (
        <Segmented<View> className="shelves" options={views} value={view} onChange={setView} />
      )}
      {view === 'agents' ? <Agents /> : <Papers />}
    </>
  );
}
