import { Text, View } from '@tarojs/components';
import { type ReactNode, useEffect, useState } from 'react';
import { watchNetwork } from '../platform/network';
import { Icon } from './Icon.tsx';
import './OfflineBar.scss';

/** Says that the phone has no network, for as long as it has none. */
export function OfflineBar(): ReactNode {
  const [online, setOnline] = useState(true);
  useEffect(() => watchNetwork(setOnline), []);
  if (online) return null;
  return (
    <View className="offline">
      <Icon name="offline" tone="warn" size="s" />
      <Text className="offline__text">手机没有连上网络，看到的可能不是最新内容</Text>
    </View>
  );
}
