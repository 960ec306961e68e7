import { Text, View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import './Card.scss';
import { Pressable } from './Pressable.tsx';

/** A white surface across the page; `inset` cards keep a margin and round corners. */
export function Card(
  props: PropsWithChildren<{ tone?: 'plain' | 'accent' | 'primary'; id?: string }>,
): ReactNode {
  const { tone = 'plain', id, children } = props;
  return (
    <View {...(id === undefined ? {} : { id })} className={`card card--${tone}`}>
      {children}
    </View>
  );
}

/** A part of a page with a name, and maybe a way to more. */
export function Section(
  props: PropsWithChildren<{ title: string; more?: string; onMore?: () => void; note?: string }>,
): ReactNode {
  const { title, more, onMore, note, children } = props;
  return (
    <View className="section">
      <View className="section__head">
        <Text className="section__title">{title}</Text>
        {more && onMore && (
          <Pressable className="section__more" role="link" label={`${title}：${more}`} onPress={onMore}>
            <Text>{more}</Text>
          </Pressable>
        )}
        {note && <Text className="section__note">{note}</Text>}
      </View>
      {children}
    </View>
  );
}
