import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import './Materials.scss';

/** What to put in the bag: needed things first. */
export function Materials(props: {
  items: ReadonlyArray<{ name: string; note: string | null; needed: boolean }>;
}): ReactNode {
  const sorted = [...props.items].sort((a, b) => Number(b.needed) - Number(a.needed));
  if (sorted.length === 0) return <Text className="materials__none">不用带材料，人到就能办</Text>;
  return (
    <View className="materials">
      {sorted.map((item) => (
        <View className="materials__row" key={item.name}>
          <View className="materials__mark">
            <Icon
              name={item.needed ? 'check' : 'question'}
              tone={item.needed ? 'primary' : 'ink-3'}
              size="s"
            />
          </View>
          <View className="materials__main">
            <Text className="materials__name">{item.needed ? item.name : `${item.name}（视情况）`}</Text>
            {item.note && <Text className="materials__note">{item.note}</Text>}
          </View>
        </View>
      ))}
    </View>
  );
}
