import { InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Audience, type Choice, matterChoices, townChoices } from '../../api/broadcasts.ts';
import { useLoad } from '../../api/useLoad.ts';

type Of<K extends Audience['kind']> = Extract<Audience, { kind: K }>;

export function ApplicantsChoice(props: {
  audience: Of<'applicants'>;
  onChange: (audience: Of<'applicants'>) => void;
}): ReactNode {
  const { audience, onChange } = props;
  const [words, setWords] = useState('');
  const matters = useLoad(({ signal }) => matterChoices(words, signal), [words]);
  return (
    <div className="booked-choice">
      <Picker
        label="事项"
        placeholder="输入事项名称查找"
        value={audience.matterId}
        choices={matters.data ?? []}
        onSearch={setWords}
        onChange={(matterId) => onChange({ ...audience, matterId })}
      />
      <Days days={audience.days} onChange={(days) => onChange({ ...audience, days })} />
      <p className="field-note">发给这段时间预约过这个事项的人；没有关注公众号的收不到，不计入人数。</p>
    </div>
  );
}

export function TownChoice(props: {
  audience: Of<'town'>;
  onChange: (audience: Of<'town'>) => void;
}): ReactNode {
  const { audience, onChange } = props;
  const towns = useLoad(({ signal }) => townChoices(signal), []);
  return (
    <div className="booked-choice">
      <Picker
        label="镇街"
        placeholder="请选择镇街"
        value={audience.townCode}
        choices={towns.data ?? []}
        onChange={(townCode) => onChange({ ...audience, townCode })}
      />
      <Days days={audience.days} onChange={(days) => onChange({ ...audience, days })} />
      <p className="field-note">按预约过的大厅所在镇街算，不是按住址；没有关注公众号的收不到，不计入人数。</p>
    </div>
  );
}

function Picker(props: {
  label: string;
  placeholder: string;
  value: string;
  choices: readonly Choice[];
  onChange: (id: string) => void;
  onSearch?: (words: string) => void;
}): ReactNode {
  const { onSearch } = props;
  return (
    <Select
      aria-label={props.label}
      placeholder={props.placeholder}
      showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: 'label' }}
      value={props.value === '' ? null : props.value}
      options={props.choices.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id: string | null) => id !== null && props.onChange(id)}
    />
  );
}

function Days(props: { days: number; onChange: (days: number) => void }): ReactNode {
  return (
    <div className="booked-days">
      最近
      <InputNumber
        aria-label="天数"
        min={1}
        max={365}
        precision={0}
        value={props.days}
        onChange={(days) => days !== null && props.onChange(days)}
      />
      天
    </div>
  );
}
