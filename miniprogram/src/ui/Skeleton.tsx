import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Skeleton.scss';

/** The shape of what is coming. */
export function Skeleton(props: { rows?: number; kind?: 'list' | 'card' }): ReactNode {
  const { rows = 4, kind = 'list' } = props;
  return (
    <View className={`skeleton skeleton--${kind}`} aria-label="正在加载">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <View className="skeleton__row" key={row}>
          <View className="skeleton__bar skeleton__bar--wide" />
          <View className="skeleton__bar" />
        </View>
      ))}
    </View>
  );
}
