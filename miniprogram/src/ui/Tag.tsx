import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Tag.scss';
import type { Tone } from './tone.ts';

/** A state in a word. The word says it; the colour only helps. */
export function Tag(props: { children: string; tone?: Tone }): ReactNode {
  return (
    <View className={`tag tag--${props.tone ?? 'neutral'}`}>
      <Text>{props.children}</Text>
    </View>
  );
}
