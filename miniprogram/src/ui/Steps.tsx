import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Steps.scss';

/** Where one is in a task, in words and as a bar. `current` counts from 1. */
export function Steps(props: { names: readonly string[]; current: number }): ReactNode {
  const { names, current } = props;
  return (
    <View className="steps" aria-label={`第 ${current} 步，共 ${names.length} 步：${names[current - 1]}`}>
      <View className="steps__bars">
        {names.map((name, at) => (
          <View className={`steps__bar ${at < current ? 'steps__bar--done' : ''}`} key={name} />
        ))}
      </View>
      <Text className="steps__text">{`第 ${current} 步，共 ${names.length} 步`}</Text>
    </View>
  );
}

export const bookingSteps = ['选事项', '选大厅', '选时间', '确认'] as const;
