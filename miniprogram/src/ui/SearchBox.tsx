import { Input, Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { Pressable } from './Pressable.tsx';
import './SearchBox.scss';

/** A box one types into. */
export function SearchBox(props: {
  value: string;
  hint: string;
  onChange: (value: string) => void;
  onConfirm?: () => void;
  focus?: boolean;
}): ReactNode {
  const { value, hint, onChange, onConfirm, focus = false } = props;
  return (
    <View className="searchbox">
      <Icon name="search" tone="ink-3" />
      <Input
        id="search-input"
        className="searchbox__input"
        type="text"
        confirmType="search"
        maxlength={40}
        value={value}
        focus={focus}
        placeholder={hint}
        placeholderClass="searchbox__hint"
        aria-label={hint}
        onInput={(event) => onChange(event.detail.value)}
        onConfirm={() => onConfirm?.()}
      />
      {value !== '' && (
        <Pressable className="searchbox__clear" label="清空" onPress={() => onChange('')}>
          <Icon name="close" tone="ink-3" size="s" />
        </Pressable>
      )}
    </View>
  );
}

/** Looks like the box, leads to the search page. */
export function SearchLink(props: { hint: string; onPress: () => void }): ReactNode {
  return (
    <Pressable
      className="searchbox searchbox--link"
      role="link"
      label={props.hint}
      id="search-link"
      onPress={props.onPress}
    >
      <Icon name="search" tone="ink-3" />
      <Text className="searchbox__hint">{props.hint}</Text>
    </Pressable>
  );
}
