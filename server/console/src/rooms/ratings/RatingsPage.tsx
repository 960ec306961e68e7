import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { PageHeader } from '../../parts/PageHeader.tsx';
import { Given } from './Given.tsx';
import { Orders } from './Orders.tsx';
import './RatingsPage.css';
import { Statistics } from './Statistics.tsx';

type View = 'orders' | 'given' | 'statistics';

const views: { value: View; label: string }[] = [
  { value: 'orders', label: '差评整改' },
  { value: 'given', label: '评价记录' },
  { value: 'statistics', label: '统计' },
];

/** What citizens say of the service, and what is done about it. */
export function RatingsPage(): ReactNode {
  const [view, setView] = useState<View>('orders');
  return (
    <>
      <PageHeader
        title="好差评"
        note="一次服务评价一次。差评 1 个工作日内联系、5 个工作日内答复；评错的可以申诉，由另一位同事决定。"
      />
      <div className="ratings-views">
        <Segmented<View> options={views} value={view} onChange={setView} />
      </div>
      {view === 'orders' && <Orders />}
      {view === 'given' && <Given />}
      {view === 'statistics' && <Statistics />}
    </>
  );
}
