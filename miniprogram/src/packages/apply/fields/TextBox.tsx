import { Input, Textarea, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import './fields.scss';

/** A box for one line, or for several. Says its label to a screen reader. */
export function TextBox(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  type?: 'text' | 'digit' | 'number' | 'idcard';
  longest?: number;
  lines?: boolean;
}): ReactNode {
  const { id, label, value, onChange, hint = '', type = 'text', longest = 200, lines = false } = props;
  if (lines) {
    return (
      <View className="field__frame field__frame--tall">
        <Textarea
          id={id}
          className="field__area"
          value={value}
          maxlength={longest}
          placeholder={hint}
          placeholderClass="field__hint"
          aria-label={label}
          autoHeight
          onInput={(event) => onChange(event.detail.value)}
        />
      </View>
    );
  }
  return (
    <View className="field__frame">
      <Input
        id={id}
        className="field__input"
        type={type}
        value={value}
        maxlength={longest}
        placeholder={hint}
        placeholderClass="field__hint"
        aria-label={label}
        onInput={(event) => onChange(event.detail.value)}
      />
    </View>
  );
}

/** What was typed, as text for the box. */
export const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
