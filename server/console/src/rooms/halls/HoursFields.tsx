import { Button, Checkbox, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Weekly } from '../../api/schedule.ts';
import { Icon } from '../../parts/Icon.tsx';
import { readTimes, timesText } from './timetable.ts';

const days = ['一', '二', '三', '四', '五', '六', '日'].map((label, index) => ({ label, value: index + 1 }));

/** A weekly pattern: rows of weekdays and times. */
export function HoursFields(props: { value: Weekly[]; onChange: (value: Weekly[]) => void }): ReactNode {
  const { value, onChange } = props;
  const put = (at: number, row: Weekly): void =>
    onChange(value.map((each, index) => (index === at ? row : each)));
  return (
    <div className="hours">
      {value.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
        <div className="hours-row" key={at}>
          <Checkbox.Group
            options={days}
            value={row.weekdays}
            onChange={(weekdays) => put(at, { ...row, weekdays: [...weekdays].sort() })}
          />
          <Times value={row.intervals} onChange={(intervals) => put(at, { ...row, intervals })} />
          <Button
            type="text"
            aria-label="去掉这一行"
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          >
            去掉
          </Button>
        </div>
      ))}
      <Button
        type="dashed"
        icon={<Icon name="plus" size={16} />}
        onClick={() => onChange([...value, { weekdays: [6], intervals: [['09:00', '12:00']] }])}
      >
        加一行
      </Button>
    </div>
  );
}

/** 「09:00–12:00，13:00–17:00」 as one field; what cannot be read is not taken. */
export function Times(props: {
  value: Weekly['intervals'];
  onChange: (value: Weekly['intervals']) => void;
}): ReactNode {
  const [text, setText] = useState(props.value.length ? timesText(props.value) : '');
  const read = readTimes(text);
  return (
    <Input
      className="hours-times"
      aria-label="时间"
      placeholder="09:00–12:00，13:00–17:00；空着为不办公"
      value={text}
      status={read ? '' : 'error'}
      onChange={(event) => {
        setText(event.target.value);
        const next = readTimes(event.target.value);
        if (next) props.onChange(next);
      }}
    />
  );
}
