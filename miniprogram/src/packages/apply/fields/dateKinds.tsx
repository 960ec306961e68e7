import { Text, View } from '@tarojs/components';
import { dateOptions } from '../../../../../server/areas/applications/forms/kinds/date.ts';
import { DayWheel } from './Choose.tsx';
import type { FieldRenderer } from './field.ts';
import { asText } from './TextBox.tsx';

export const date: FieldRenderer = ({ field, value, onChange, place }) => {
  const { notBefore, notAfter } = dateOptions.parse(field);
  const dayOf = (bound: string | null): string | undefined =>
    bound === 'today' ? place.today : (bound ?? undefined);
  const [start, end] = [dayOf(notBefore), dayOf(notAfter)];
  return (
    <DayWheel
      id={`field-${field.key}`}
      label={field.label}
      value={asText(value)}
      onPick={onChange}
      {...(start && { start })}
      {...(end && { end })}
    />
  );
};

export const dateRange: FieldRenderer = ({ field, value, onChange }) => {
  const parts = (typeof value === 'object' && value !== null ? value : {}) as {
    from?: unknown;
    to?: unknown;
  };
  const [from, to] = [asText(parts.from), asText(parts.to)];
  return (
    <View className="field__range">
      <DayWheel
        id={`field-${field.key}-from`}
        label={`${field.label}开始`}
        value={from}
        onPick={(day) => onChange({ from: day, to })}
      />
      <Text className="field__to">至</Text>
      <DayWheel
        id={`field-${field.key}-to`}
        label={`${field.label}结束`}
        value={to}
        onPick={(day) => onChange({ from, to: day })}
      />
    </View>
  );
};
