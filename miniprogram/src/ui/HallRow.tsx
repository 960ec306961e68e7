import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { HallCard } from '../../../server/areas/halls/contract.ts';
import { sayDistance } from '../state/when.ts';
import './HallRow.scss';
import { Icon } from './Icon.tsx';
import { Pressable } from './Pressable.tsx';

/** A hall in a list: open or not, today's hours, how far. */
export function HallRow(props: { hall: HallCard; note?: string; onPress: () => void }): ReactNode {
  const { hall, note, onPress } = props;
  const state = hall.openNow ? '办公中' : '现在不办公';
  return (
    <Pressable
      className="hallrow"
      role="link"
      label={`${hall.name}，${state}，${hall.hoursToday}`}
      onPress={onPress}
    >
      <View className="hallrow__main">
        <Text className="hallrow__name">{hall.name}</Text>
        <View className="hallrow__line">
          <View className={`hallrow__dot ${hall.openNow ? 'hallrow__dot--open' : ''}`} />
          <Text className={`hallrow__state ${hall.openNow ? 'hallrow__state--open' : ''}`}>{state}</Text>
          <Text className="hallrow__hours">{hall.hoursToday}</Text>
        </View>
        <Text className="hallrow__address">{note ?? hall.address}</Text>
      </View>
      {hall.distance !== null && <Text className="hallrow__far">{sayDistance(hall.distance)}</Text>}
      <Icon name="chevron" tone="ink-3" size="s" />
    </Pressable>
  );
}
