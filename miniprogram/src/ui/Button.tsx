import { Text } from '@tarojs/components';
import type { ReactNode } from 'react';
import './Button.scss';
import { Pressable } from './Pressable.tsx';

/** `primary` once a page; `danger` for what cannot be undone; `quiet` and `plain` for the way around. */
export function Button(props: {
  children: string;
  onPress: () => void;
  kind?: 'primary' | 'quiet' | 'plain' | 'danger';
  size?: 'full' | 'small';
  /** Working on it: says so and takes no second tap. */
  busy?: boolean;
  disabled?: boolean;
  id?: string;
}): ReactNode {
  const { children, onPress, kind = 'primary', size = 'full', busy = false, disabled = false, id } = props;
  return (
    <Pressable
      {...(id === undefined ? {} : { id })}
      className={`button button--${kind} button--${size} ${disabled || busy ? 'button--off' : ''}`}
      disabled={disabled || busy}
      label={children}
      onPress={onPress}
    >
      <Text className="button__text">{busy ? '请稍候…' : children}</Text>
    </Pressable>
  );
}
