import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { Paged } from '../state/usePaged.ts';
import { Button } from './Button.tsx';
import { Card } from './Card.tsx';
import { ErrorState } from './ErrorState.tsx';
import './PagedList.scss';
import { Skeleton } from './Skeleton.tsx';

/** A card of rows that grows; its end is said, and a failed page can be asked for again. */
export function PagedList<T>(props: {
  list: Paged<T>;
  row: (item: T) => ReactNode;
  empty: ReactNode;
  unit: string;
}): ReactNode {
  const { list, row, empty, unit } = props;
  if (list.items.length === 0) {
    if (list.error) return <ErrorState error={list.error} onRetry={list.next} />;
    return list.status === 'loading' ? <Skeleton /> : empty;
  }
  return (
    <>
      <Card>{list.items.map(row)}</Card>
      <View className="paged">
        {list.status === 'more' && (
          <Button kind="quiet" size="small" onPress={list.next}>
            看更多
          </Button>
        )}
        {list.status === 'loading' && <Text className="paged__text">正在加载…</Text>}
        {list.status === 'end' && <Text className="paged__text">{`共 ${list.total} ${unit}`}</Text>}
        {list.status === 'failed' && (
          <>
            <Text className="paged__text">{list.error?.message}</Text>
            <Button kind="quiet" size="small" onPress={list.next}>
              再试一次
            </Button>
          </>
        )}
      </View>
    </>
  );
}
