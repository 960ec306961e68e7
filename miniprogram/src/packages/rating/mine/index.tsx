import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { RatingView } from '../../../../../server/areas/ratings/contract.ts';
import { loadRatings } from '../../../api/ratings.ts';
import { endPullDown, usePullDown, useShown } from '../../../platform/hooks.ts';
import { open } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import './index.scss';

/** What I can rate, what I have rated, and the ways to rate by number and to see the hall's figures. */
export default function MyRatingsPage(): ReactNode {
  const load = useLoad('ratings', loadRatings);
  useShown(() => {
    if (load.state.status !== 'loading') void load.reload();
  });
  usePullDown(() => {
    void load.reload().finally(endPullDown);
  });
  return (
    <PageShell title="我的评价" id="my-ratings">
      <Loaded load={load} rows={3}>
        {({ ratings }) => {
          const waiting = ratings.filter((each) => each.open);
          const over = ratings.filter((each) => !each.open);
          return (
            <>
              {ratings.length === 0 && (
                <Empty icon="check" title="还没有可以评价的服务" note="窗口或网上办完以后，可以在这里评价" />
              )}
              {waiting.length > 0 && <Rows title="等您评价" rows={waiting} />}
              {over.length > 0 && <Rows title="以前的" rows={over} />}
            </>
          );
        }}
      </Loaded>
      <View className="my-ratings__ways">
        <Card>
          <Cell
            id="by-number"
            icon="search"
            title="按姓名和编号评价"
            note="窗口、网上、自助机办的都可以"
            onPress={() => void open('packages/rating/number/index')}
          />
          <Cell icon="guide" title="好差评公开" onPress={() => void open('packages/rating/table/index')} />
        </Card>
      </View>
    </PageShell>
  );
}

function Rows(props: { title: string; rows: readonly RatingView[] }): ReactNode {
  return (
    <Section title={props.title}>
      <Card>
        {props.rows.map((each) => (
          <Cell
            key={each.id}
            title={each.matter}
            note={`${each.place ?? each.department} · ${each.finishedAt}`}
            value={word(each)}
            onPress={() => void open(`packages/rating/rate/index?id=${each.id}`)}
          />
        ))}
      </Card>
    </Section>
  );
}

function word({ open: waiting, rating, order }: RatingView): ReactNode {
  if (waiting) return <Tag tone="accent">去评价</Tag>;
  if (order) return <Tag tone={order.state === 'answered' ? 'accent' : 'primary'}>{order.stateLabel}</Tag>;
  if (!rating) return <Tag tone="neutral">未评价</Tag>;
  return <Tag tone="neutral">{rating.source === 'silent' ? '到期未评' : rating.levelLabel}</Tag>;
}
