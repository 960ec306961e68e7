import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import './Empty.scss';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconPaths.ts';

/** Nothing here, why, and what one can do instead. */
export function Empty(props: {
  icon: IconName;
  title: string;
  note?: string;
  action?: string;
  onAction?: () => void;
}): ReactNode {
  const { icon, title, note, action, onAction } = props;
  return (
    <View className="empty">
      <Icon name={icon} tone="ink-3" size="xl" />
      <Text className="empty__title">{title}</Text>
      {note && <Text className="empty__note">{note}</Text>}
      {action && onAction && (
        <View className="empty__action">
          <Button kind="quiet" size="small" onPress={onAction}>
            {action}
          </Button>
        </View>
      )}
    </View>
  );
}
