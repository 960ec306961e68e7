import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Cell.scss';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconPaths.ts';
import { Pressable } from './Pressable.tsx';
import type { ColorName } from './tokens.ts';

/** A row of a list: what it is, more about it, its value; an arrow when it leads somewhere. */
export function Cell(props: {
  title: string;
  note?: ReactNode;
  value?: ReactNode;
  icon?: IconName;
  tone?: ColorName;
  onPress?: () => void;
  label?: string;
  id?: string;
}): ReactNode {
  const { title, note, value, icon, tone = 'primary', onPress, label, id } = props;
  const inside = (
    <>
      {icon && <Icon name={icon} tone={tone} />}
      <View className="cell__main">
        <Text className="cell__title">{title}</Text>
        {note && <View className="cell__note">{note}</View>}
      </View>
      {value && <View className="cell__value">{value}</View>}
      {onPress && <Icon name="chevron" tone="ink-3" size="s" />}
    </>
  );
  const named = id === undefined ? {} : { id };
  if (!onPress) {
    return (
      <View {...named} className="cell">
        {inside}
      </View>
    );
  }
  return (
    <Pressable {...named} className="cell" role="link" label={label ?? title} onPress={onPress}>
      {inside}
    </Pressable>
  );
}
