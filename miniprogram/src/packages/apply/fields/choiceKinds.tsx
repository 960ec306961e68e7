import { choiceOptions } from '../../../../../server/areas/applications/forms/kinds/choice.ts';
import { codeListOptions } from '../../../../../server/areas/applications/forms/kinds/codeList.ts';
import { Choices, Wheel } from './Choose.tsx';
import type { FieldRenderer } from './field.ts';
import { asText } from './TextBox.tsx';

export const choice: FieldRenderer = ({ field, value, onChange }) => {
  const { choices: options } = choiceOptions.parse(field);
  return <Choices id={`field-${field.key}`} options={options} chosen={[asText(value)]} onPick={onChange} />;
};

export const choices: FieldRenderer = ({ field, value, onChange }) => {
  const { choices: options } = choiceOptions.parse(field);
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const toggle = (code: string): void =>
    onChange(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  return <Choices id={`field-${field.key}`} options={options} chosen={chosen} onPick={toggle} several />;
};

const yesOrNo = [
  { code: 'yes', label: '是' },
  { code: 'no', label: '否' },
];
export const yesNo: FieldRenderer = ({ field, value, onChange }) => (
  <Choices
    id={`field-${field.key}`}
    options={yesOrNo}
    chosen={typeof value === 'boolean' ? [value ? 'yes' : 'no'] : []}
    onPick={(code) => onChange(code === 'yes')}
  />
);

export const codeList: FieldRenderer = ({ field, value, onChange }) => {
  const { codes } = codeListOptions.parse(field);
  return (
    <Wheel
      id={`field-${field.key}`}
      label={field.label}
      options={codes}
      value={asText(value)}
      onPick={onChange}
    />
  );
};
