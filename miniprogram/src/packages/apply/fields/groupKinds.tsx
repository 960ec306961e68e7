import { Text, View } from '@tarojs/components';
import { addressOptions } from '../../../../../server/areas/applications/forms/kinds/address.ts';
import { calculatedOptions } from '../../../../../server/areas/applications/forms/kinds/calculated.ts';
import { licenceOptions } from '../../../../../server/areas/applications/forms/kinds/licence.ts';
import { noticeOptions } from '../../../../../server/areas/applications/forms/kinds/notice.ts';
import { statementOptions } from '../../../../../server/areas/applications/forms/kinds/statement.ts';
import { Choices, Wheel } from './Choose.tsx';
import type { FieldRenderer } from './field.ts';
import { asText, TextBox } from './TextBox.tsx';

type Parts = Readonly<Record<string, unknown>>;
const partsOf = (value: unknown): Parts =>
  typeof value === 'object' && value !== null ? (value as Parts) : {};

export const address: FieldRenderer = ({ field, value, onChange }) => {
  const { towns } = addressOptions.parse(field);
  const parts = partsOf(value);
  const options = towns.map(({ code, name }) => ({ code, label: name }));
  return (
    <View className="field__stack">
      <Wheel
        id={`field-${field.key}-town`}
        label={`${field.label}镇街`}
        options={options}
        value={asText(parts['town'])}
        onPick={(town) => onChange({ ...parts, town })}
      />
      <TextBox
        id={`field-${field.key}-detail`}
        label={`${field.label}详细地址`}
        value={asText(parts['detail'])}
        hint="路名、门牌号、楼层"
        longest={80}
        onChange={(detail) => onChange({ ...parts, detail })}
      />
    </View>
  );
};

const bankParts = [
  ['holder', '户名', 'text'],
  ['bank', '开户银行', 'text'],
  ['number', '银行账号', 'number'],
] as const;
export const bankAccount: FieldRenderer = ({ field, value, onChange }) => {
  const parts = partsOf(value);
  return (
    <View className="field__stack">
      {bankParts.map(([key, label, type]) => (
        <TextBox
          key={key}
          id={`field-${field.key}-${key}`}
          label={`${field.label}${label}`}
          hint={label}
          type={type}
          longest={60}
          value={asText(parts[key])}
          onChange={(typed) => onChange({ ...parts, [key]: typed })}
        />
      ))}
    </View>
  );
};

export const statement: FieldRenderer = ({ field, value, onChange }) => {
  const { text, textVersion } = statementOptions.parse(field);
  const agreed = partsOf(value)['agreed'] === true;
  return (
    <View className="field__stack">
      <Text className="field__statement">{text}</Text>
      <Choices
        id={`field-${field.key}`}
        options={[{ code: 'yes', label: '我已阅读并承诺' }]}
        chosen={agreed ? ['yes'] : []}
        several
        onPick={() => onChange(agreed ? null : { agreed: true, textVersion })}
      />
    </View>
  );
};

/** One of the person's e-licences; they are known once the person let us ask. */
export const licence: FieldRenderer = ({ field, value, onChange, place }) => {
  const { licenceType } = licenceOptions.parse(field);
  const held = place.licences.filter((each) => each.type === licenceType);
  if (held.length === 0)
    return <Text className="field__note">没有查到可用的电子证照，请先同意读取电子证照</Text>;
  return (
    <Choices
      id={`field-${field.key}`}
      options={held.map(({ code, name }) => ({ code, label: name }))}
      chosen={[asText(partsOf(value)['code'])]}
      onPick={(code) => {
        const picked = held.find((each) => each.code === code);
        if (picked) onChange({ code, name: picked.name });
      }}
    />
  );
};

export const calculated: FieldRenderer = ({ field, place }) => {
  const { unit } = calculatedOptions.parse(field);
  return <Text className="field__figure">{`${asText(place.values[field.key]) || '0'} ${unit ?? ''}`}</Text>;
};

export const notice: FieldRenderer = ({ field }) => (
  <Text className="field__note">{noticeOptions.parse(field).text}</Text>
);
