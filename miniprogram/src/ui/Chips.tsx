import { ScrollView, Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Chips.scss';
import { Pressable } from './Pressable.tsx';

/** One choice of many short words, in a line that scrolls. */
export function Chips(props: {
  options: ReadonlyArray<{ key: string; name: string }>;
  value: string;
  onChange: (key: string) => void;
}): ReactNode {
  return (
    <ScrollView className="chips" scrollX enhanced showScrollbar={false}>
      <View className="chips__line">
        {props.options.map(({ key, name }) => (
          <Pressable
            key={key}
            role="tab"
            label={name}
            selected={key === props.value}
            className={`chips__chip ${key === props.value ? 'chips__chip--on' : ''}`}
            onPress={() => props.onChange(key)}
          >
            <Text>{name}</Text>
          </Pressable>
        ))}
      </View>
    </ScrollView>
  );
}
