import { Button, Empty, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { actOnOrder, findOrders, type OrderAct, type OrderRow, type OrdersView } from '../../api/ratings.ts';
import { useLoad } from '../../api/useLoad.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageWait } from '../../parts/PageWait.tsx';
import { StateTag, type Tone } from '../../parts/StateTag.tsx';
import { useSay } from '../../parts/useSay.tsx';
import { ActDialog } from './ActDialog.tsx';
import { actWords } from './words.ts';

const tones: Record<OrderRow['state'], Tone> = {
  ...{ toContact: 'needsYou', fixing: 'action', answered: 'quiet', closed: 'good' },
  ...{ appealed: 'needsYou', voided: 'quiet' },
};

/** Bad ratings as work: the most urgent first. */
export function Orders(): ReactNode {
  const say = useSay();
  const [view, setView] = useState<OrdersView>('open');
  const [doing, setDoing] = useState<{ order: OrderRow; what: OrderAct['do'] } | null>(null);
  const loaded = useLoad((options) => findOrders(view, options), [view], 60_000);
  const act = async (asked: OrderAct): Promise<void> => {
    if (!doing) return;
    await actOnOrder(doing.order.id, asked);
    say.done(actWords[asked.do].done);
    setDoing(null);
    loaded.reload();
  };
  const orders = loaded.data?.orders;
  return (
    <>
      <Radio.Group
        className="ratings-filter"
        optionType="button"
        value={view}
        options={[
          { value: 'open', label: '处理中' },
          { value: 'appealed', label: '申诉' },
          { value: 'over', label: '已结束' },
        ]}
        onChange={(event) => setView(event.target.value as OrdersView)}
      />
      <Failure error={loaded.error} onRetry={loaded.reload} />
      {!orders && !loaded.error && <PageWait />}
      {orders?.length === 0 && (
        <section className="panel">
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有差评要处理。" />
        </section>
      )}
      {orders?.map((order) => (
        <Order key={order.id} order={order} onDo={(what) => setDoing({ order, what })} />
      ))}
      {doing && (
        <ActDialog order={doing.order} what={doing.what} onAct={act} onLeave={() => setDoing(null)} />
      )}
    </>
  );
}

function Order(props: { order: OrderRow; onDo: (what: OrderAct['do']) => void }): ReactNode {
  const { order, onDo } = props;
  const [open, setOpen] = useState(false);
  const who = [order.citizen, order.phone].filter(Boolean).join(' ');
  return (
    <article className="panel ratings-order" data-testid={`order-${order.id}`}>
      <header>
        <StateTag tone={order.late ? 'bad' : tones[order.state]}>{order.stateLabel}</StateTag>
        <h2>{order.matter}</h2>
        <Due order={order} />
      </header>
      <p className="ratings-facts">
        {[order.department, order.place, order.number, who].filter(Boolean).join(' · ')}
      </p>
      <p>
        <strong>{order.levelLabel}</strong>
        {order.tags.length > 0 && `：${order.tags.join('、')}`}
      </p>
      {order.text && <p className="ratings-text">{order.text}</p>}
      {order.answer && <p className="ratings-text">答复：{order.answer}</p>}
      <div className="ratings-acts">
        {order.acts.map((each, at) => {
          const what = each as OrderAct['do'];
          return (
            <Button
              key={what}
              type={at === 0 ? 'primary' : 'default'}
              data-testid={`do-${what}`}
              onClick={() => onDo(what)}
            >
              {actWords[what].button}
            </Button>
          );
        })}
        <Button type="text" onClick={() => setOpen(!open)}>
          {open ? '收起经过' : `看经过（${order.history.length}）`}
        </Button>
      </div>
      {open && (
        <ol className="ratings-history">
          {order.history.map((each) => (
            <li key={`${each.at} ${each.what}`}>
              <span>{each.at}</span>
              <span>{each.who}</span>
              <span>{each.what}</span>
              <span>{each.why}</span>
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}

function Due({ order }: { order: OrderRow }): ReactNode {
  const day = (value: string): string => `${Number(value.slice(5, 7))}月${Number(value.slice(8))}日`;
  if (order.state === 'toContact') {
    return <Term late={order.late !== null} text={`${day(order.dueContact)} 前联系`} />;
  }
  if (order.state === 'fixing') {
    return <Term late={order.late !== null} text={`${day(order.dueFix)} 前答复`} />;
  }
  return null;
}

const Term = ({ late, text }: { late: boolean; text: string }): ReactNode => (
  <span className={`ratings-due ${late ? 'late' : ''}`}>{late ? `已超期 · ${text}` : text}</span>
);
