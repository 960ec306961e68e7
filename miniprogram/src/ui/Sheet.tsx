import { Text, View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import { Button } from './Button.tsx';
import './Sheet.scss';

/** Asks before something that cannot be undone, says what will happen, and can be left. */
export function Sheet(
  props: PropsWithChildren<{
    title: string;
    action: string;
    leave: string;
    danger?: boolean;
    busy?: boolean;
    onAction: () => void;
    onLeave: () => void;
  }>,
): ReactNode {
  const { title, action, leave, danger = false, busy = false, onAction, onLeave, children } = props;
  return (
    <View className="sheet" catchMove aria-role="dialog" aria-label={title}>
      <View className="sheet__veil" onClick={onLeave} />
      <View className="sheet__panel" id="sheet">
        <Text className="sheet__title">{title}</Text>
        <View className="sheet__body">{children}</View>
        <View className="sheet__actions">
          <Button id="sheet-action" kind={danger ? 'danger' : 'primary'} busy={busy} onPress={onAction}>
            {action}
          </Button>
          <Button id="sheet-leave" kind="plain" disabled={busy} onPress={onLeave}>
            {leave}
          </Button>
        </View>
      </View>
    </View>
  );
}
