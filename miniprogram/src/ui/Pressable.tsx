import { View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import './Pressable.scss';

export interface PressableProps {
  onPress: () => void;
  /** What a screen reader says, when the words inside do not suffice. */
  label?: string;
  role?: 'button' | 'link' | 'tab' | 'radio' | 'switch';
  selected?: boolean;
  disabled?: boolean;
  className?: string;
  id?: string;
}

/**
 * Anything that can be tapped. A View and not a Button: on h5 Taro's Button hears fingers only, not the mouse.
 * The role is spoken by `aria-role` in WeChat and by `role` in a browser.
 */
export function Pressable(props: PropsWithChildren<PressableProps>): ReactNode {
  const { onPress, label, role = 'button', selected, disabled = false, className = '', id, children } = props;
  return (
    <View
      {...(id === undefined ? {} : { id })}
      className={`pressable ${disabled ? 'pressable--off' : ''} ${className}`}
      hoverClass={disabled ? 'none' : 'pressable--down'}
      hoverStayTime={80}
      onClick={() => {
        if (!disabled) onPress();
      }}
      {...spoken(role, label, selected, disabled)}
    >
      {children}
    </View>
  );
}

function spoken(
  role: string,
  label?: string,
  selected?: boolean,
  disabled?: boolean,
): Record<string, string> {
  const where: Record<string, string> =
    process.env['TARO_ENV'] === 'h5' ? { role, tabindex: disabled ? '-1' : '0' } : { 'aria-role': role };
  return {
    ...where,
    ...(label === undefined ? {} : { 'aria-label': label }),
    ...(selected === undefined ? {} : { 'aria-selected': String(selected) }),
    ...(disabled ? { 'aria-disabled': 'true' } : {}),
  };
}
