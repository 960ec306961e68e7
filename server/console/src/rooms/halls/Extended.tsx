import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { Timetable } from '../../api/schedule.ts';
import { HoursFields } from './HoursFields.tsx';

type Row = Timetable['extended'][number];

/** Extended hours: which kinds of windows, in which season, at which times. */
export function Extended(props: {
  value: Row[];
  groups: readonly string[];
  onChange: (value: Row[]) => void;
}): ReactNode {
  const { value, groups, onChange } = props;
  const put = (at: number, row: Row): void =>
    onChange(value.map((each, index) => (index === at ? row : each)));
  return (
    <div className="hours">
      {value.length === 0 && <p className="quiet">没有延时服务。</p>}
      {value.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
        <div className="halls-line" key={at}>
          <Select
            mode="multiple"
            style={{ minWidth: 200 }}
            placeholder="哪些窗口"
            value={row.groups}
            options={groups.map((each) => ({ value: each, label: each }))}
            onChange={(chosen) => put(at, { ...row, groups: chosen })}
          />
          <DatePicker.RangePicker
            allowEmpty={[true, true]}
            placeholder={['从现在起', '一直有效']}
            format="YYYY年M月D日"
            value={[row.from ? dayjs(row.from) : null, row.to ? dayjs(row.to) : null]}
            onChange={(range) =>
              put(at, {
                ...row,
                from: range?.[0]?.format('YYYY-MM-DD') ?? null,
                to: range?.[1]?.format('YYYY-MM-DD') ?? null,
              })
            }
          />
          <HoursFields
            value={[{ weekdays: row.weekdays, intervals: row.intervals }]}
            onChange={(rows) =>
              rows.length === 0
                ? onChange(value.filter((_, index) => index !== at))
                : onChange([
                    ...value.slice(0, at),
                    ...rows.map((each) => ({ ...row, ...each })),
                    ...value.slice(at + 1),
                  ])
            }
          />
        </div>
      ))}
      <Button
        type="dashed"
        disabled={groups.length === 0}
        onClick={() =>
          onChange([
            ...value,
            { groups: [groups[0]!], weekdays: [6], intervals: [['09:00', '12:00']], from: null, to: null },
          ])
        }
      >
        加一项延时服务
      </Button>
    </div>
  );
}
