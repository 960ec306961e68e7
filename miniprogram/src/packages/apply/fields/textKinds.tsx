import { Text, View } from '@tarojs/components';
import { longTextOptions } from '../../../../../server/areas/applications/forms/kinds/longText.ts';
import { sayFen } from '../../../../../server/areas/applications/forms/kinds/money.ts';
import { numberOptions } from '../../../../../server/areas/applications/forms/kinds/number.ts';
import { textOptions } from '../../../../../server/areas/applications/forms/kinds/text.ts';
import type { FieldProps, FieldRenderer } from './field.ts';
import { asText, TextBox } from './TextBox.tsx';

const idOf = ({ field }: FieldProps): string => `field-${field.key}`;

const box =
  (more: { hint?: string; type?: 'text' | 'digit' | 'number' | 'idcard'; longest?: number }): FieldRenderer =>
  (props) => (
    <TextBox
      id={idOf(props)}
      label={props.field.label}
      value={asText(props.value)}
      onChange={props.onChange}
      {...more}
    />
  );

export const text: FieldRenderer = (props) => {
  const { maxLength } = textOptions.parse(props.field);
  return box({ longest: maxLength })(props);
};
export const longText: FieldRenderer = (props) => {
  const { maxLength } = longTextOptions.parse(props.field);
  const { field, value, onChange } = props;
  return (
    <TextBox
      id={idOf(props)}
      label={field.label}
      value={asText(value)}
      onChange={onChange}
      longest={maxLength}
      lines
    />
  );
};
export const number: FieldRenderer = (props) => {
  const { unit, decimals } = numberOptions.parse(props.field);
  return (
    <View className="field__withunit">
      {box({ type: decimals > 0 ? 'digit' : 'number', longest: 20 })(props)}
      {unit && <Text className="field__unit">{unit}</Text>}
    </View>
  );
};
/** Typed in yuan; a value that came as fen is shown in yuan. */
export const money: FieldRenderer = (props) => (
  <View className="field__withunit">
    {box({ type: 'digit', longest: 16, hint: '0.00' })({
      ...props,
      value: typeof props.value === 'number' ? sayFen(props.value) : props.value,
    })}
    <Text className="field__unit">元</Text>
  </View>
);
export const idNumber = box({ type: 'idcard', longest: 24, hint: '18 位身份证号' });
export const phone = box({ type: 'number', longest: 20, hint: '11 位手机号' });
export const personName = box({ longest: 60 });
export const uscc = box({ longest: 24, hint: '18 位，见营业执照' });
export const plate = box({ longest: 10, hint: '如 粤A12345' });
export const email = box({ longest: 120 });
