import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import './Materials.scss';

export interface MaterialItem {
  readonly name: string;
  readonly note: string | null;
  readonly needed: boolean;
  readonly copies?: number | null;
}

/** What to put in the bag: needed things first, what the hall looks up itself last. */
export function Materials<T extends MaterialItem>(props: {
  items: readonly T[];
  /** Names of those that need not be brought. */
  spared?: ReadonlySet<string>;
  /** What stands under a material: forms to download. */
  under?: (item: T) => ReactNode;
}): ReactNode {
  const { items, spared, under } = props;
  const rank = (item: T): number => (spared?.has(item.name) ? 2 : item.needed ? 0 : 1);
  const sorted = [...items].sort((a, b) => rank(a) - rank(b));
  if (sorted.length === 0) return <Text className="materials__none">不用带材料，人到就能办</Text>;
  return (
    <View className="materials">
      {sorted.map((item) => {
        const free = spared?.has(item.name) ?? false;
        return (
          <View className="materials__row" key={item.name}>
            <View className="materials__mark">
              <Icon
                name={free ? 'shield' : item.needed ? 'check' : 'question'}
                tone={free ? 'good' : item.needed ? 'primary' : 'ink-3'}
                size="s"
              />
            </View>
            <View className="materials__main">
              <Text className="materials__name">{nameOf(item, free)}</Text>
              {free ? (
                <Text className="materials__note">可免提交</Text>
              ) : (
                item.note && <Text className="materials__note">{item.note}</Text>
              )}
              {under?.(item)}
            </View>
          </View>
        );
      })}
    </View>
  );
}

function nameOf({ name, needed, copies }: MaterialItem, free: boolean): string {
  const many = copies != null && copies > 1 ? ` ${copies} 份` : '';
  return needed || free ? `${name}${many}` : `${name}${many}（视情况）`;
}
