import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Pressable } from './Pressable.tsx';
import './Segmented.scss';

/** Two or three views of one page. */
export function Segmented<K extends string>(props: {
  options: ReadonlyArray<{ key: K; name: string }>;
  value: K;
  onChange: (key: K) => void;
}): ReactNode {
  return (
    <View className="segmented">
      {props.options.map(({ key, name }) => (
        <Pressable
          key={key}
          role="tab"
          label={name}
          selected={key === props.value}
          className={`segmented__tab ${key === props.value ? 'segmented__tab--on' : ''}`}
          onPress={() => props.onChange(key)}
        >
          <Text>{name}</Text>
        </Pressable>
      ))}
    </View>
  );
}
