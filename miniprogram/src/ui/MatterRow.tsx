import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { MatterCard } from '../../../server/areas/matters/contract.ts';
import { Icon } from './Icon.tsx';
import './MatterRow.scss';
import { Pressable } from './Pressable.tsx';

/** A matter in a list: its name, who handles it, how long it takes and what it costs. */
export function MatterRow(props: { matter: MatterCard; onPress: () => void }): ReactNode {
  const { matter, onPress } = props;
  return (
    <Pressable className="matterrow" role="link" label={matter.name} onPress={onPress}>
      <View className="matterrow__main">
        <Text className="matterrow__name">{matter.name}</Text>
        <Text className="matterrow__note">{matter.department}</Text>
        <View className="matterrow__facts">
          <Text className="matterrow__fact">{matter.timeLabel}</Text>
          <Text className="matterrow__fact">{matter.feeLabel}</Text>
          {matter.bookable && <Text className="matterrow__fact matterrow__fact--can">可预约</Text>}
        </View>
      </View>
      <Icon name="chevron" tone="ink-3" size="s" />
    </Pressable>
  );
}
