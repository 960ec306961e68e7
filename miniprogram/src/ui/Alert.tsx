import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Alert.scss';
import { Icon } from './Icon.tsx';
import { Pressable } from './Pressable.tsx';

/** A line that must be read now, where it happened, with the way out beside it. */
export function Alert(props: {
  tone: 'bad' | 'warn' | 'primary';
  text: string;
  reference?: string;
  action?: string;
  onAction?: () => void;
}): ReactNode {
  const { tone, text, reference, action, onAction } = props;
  return (
    <View className={`alert alert--${tone}`} id="alert" aria-role="alert">
      <Icon name={tone === 'primary' ? 'info' : 'warn'} tone={tone} />
      <View className="alert__main">
        <Text className="alert__text">{text}</Text>
        {reference && <Text className="alert__reference">{`问题编号 ${reference}`}</Text>}
        {action && onAction && (
          <Pressable
            className="alert__action"
            role="link"
            label={action}
            id="alert-action"
            onPress={onAction}
          >
            <Text>{action}</Text>
          </Pressable>
        )}
      </View>
    </View>
  );
}
