import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Heading.scss';

/** The page's own title, in words, with a line under it. */
export function Heading(props: { title: string; note?: string }): ReactNode {
  return (
    <View className="heading">
      <Text className="heading__title">{props.title}</Text>
      {props.note && <Text className="heading__note">{props.note}</Text>}
    </View>
  );
}
