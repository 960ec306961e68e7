import { Text, View } from '@tarojs/components';
import { type PropsWithChildren, type ReactNode, useEffect } from 'react';
import { goBack, setTitle } from '../platform/navigation.ts';
import { useSenior } from '../state/person.ts';
import { Icon } from './Icon.tsx';
import { OfflineBar } from './OfflineBar.tsx';
import './PageShell.scss';
import { Pressable } from './Pressable.tsx';

/**
 * Every page stands in one: it sets the scale of senior mode, the title, the offline line and the foot bar.
 * A browser has no title bar of WeChat's, so on h5 pages that are no tab get one with a way back.
 */
export function PageShell(
  props: PropsWithChildren<{ title: string; tab?: boolean; foot?: ReactNode; id?: string }>,
): ReactNode {
  const { title, tab = false, foot, id, children } = props;
  const senior = useSenior();
  useEffect(() => setTitle(title), [title]);
  return (
    <View
      {...(id === undefined ? {} : { id })}
      className={`shell ${senior ? 'shell--senior' : ''} ${tab ? 'shell--tab' : ''} shell--${process.env['TARO_ENV']} ${foot ? 'shell--foot' : ''}`}
    >
      {process.env['TARO_ENV'] === 'h5' && !tab && (
        <View className="shell__bar">
          <Pressable className="shell__back" label="返回" onPress={() => void goBack()}>
            <Icon name="back" tone="ink" />
          </Pressable>
          <Text className="shell__title">{title}</Text>
          <View className="shell__spacer" />
        </View>
      )}
      <OfflineBar />
      <View className="shell__body">{children}</View>
      {foot && (
        <View className="shell__footbar">
          <View className="shell__footinner">{foot}</View>
        </View>
      )}
    </View>
  );
}
