import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Fact.scss';

/** Name and value in a quiet table. */
export function Fact(props: { name: string; children: ReactNode }): ReactNode {
  return (
    <View className="fact">
      <Text className="fact__name">{props.name}</Text>
      <View className="fact__value">{props.children}</View>
    </View>
  );
}
