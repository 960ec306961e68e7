import { Picker, Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import { Pressable } from '../../../ui/Pressable.tsx';
import './fields.scss';

export interface Option {
  readonly code: string;
  readonly label: string;
}

/** A few choices, one under another, so that each is a wide target. */
export function Choices(props: {
  id: string;
  options: readonly Option[];
  chosen: readonly string[];
  onPick: (code: string) => void;
  several?: boolean;
}): ReactNode {
  const { id, options, chosen, onPick, several = false } = props;
  return (
    <View className="field__choices" id={id}>
      {options.map(({ code, label }) => {
        const on = chosen.includes(code);
        return (
          <Pressable
            key={code}
            id={`${id}-${code}`}
            role="radio"
            label={label}
            selected={on}
            className={`field__choice ${on ? 'field__choice--on' : ''}`}
            onPress={() => onPick(code)}
          >
            <View
              className={`field__mark ${several ? 'field__mark--square' : ''} ${on ? 'field__mark--on' : ''}`}
            >
              {on && <Icon name="check" tone="on-primary" size="s" />}
            </View>
            <Text className="field__choicetext">{label}</Text>
          </Pressable>
        );
      })}
    </View>
  );
}

/** One of many, from the phone's own wheel. */
export function Wheel(props: {
  id: string;
  label: string;
  options: readonly Option[];
  value: string;
  onPick: (code: string) => void;
}): ReactNode {
  const { id, label, options, value, onPick } = props;
  const at = options.findIndex((each) => each.code === value);
  return (
    <Picker
      mode="selector"
      range={options.map((each) => each.label)}
      value={Math.max(0, at)}
      onChange={(event) => {
        const picked = options[Number(event.detail.value)];
        if (picked) onPick(picked.code);
      }}
    >
      <Shown id={id} label={label} text={options[at]?.label ?? ''} hint="请选择" />
    </Picker>
  );
}

export function DayWheel(props: {
  id: string;
  label: string;
  value: string;
  onPick: (day: string) => void;
  start?: string;
  end?: string;
}): ReactNode {
  const { id, label, value, onPick, start = '1920-01-01', end = '2099-12-31' } = props;
  return (
    <Picker
      mode="date"
      value={/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : '2000-01-01'}
      start={start}
      end={end}
      onChange={(event) => onPick(event.detail.value)}
    >
      <Shown id={id} label={label} text={value} hint="请选择日期" />
    </Picker>
  );
}

function Shown(props: { id: string; label: string; text: string; hint: string }): ReactNode {
  const { id, label, text, hint } = props;
  return (
    <View className="field__frame field__frame--pick" id={id} aria-label={`${label}：${text || hint}`}>
      <Text className={text ? 'field__picked' : 'field__hint'}>{text || hint}</Text>
      <Icon name="chevron" tone="ink-3" size="s" />
    </View>
  );
}
