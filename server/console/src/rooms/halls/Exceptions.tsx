import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useState } from 'react';
import { hallNow } from '../../api/hallTime.ts';
import type { Timetable } from '../../api/schedule.ts';
import { Times } from './HoursFields.tsx';
import { timesText } from './timetable.ts';

type Row = Timetable['exceptions'][number];

/** Days that differ from the weekly pattern: other hours, or none, with the reason citizens are told. */
export function Exceptions(props: { value: Row[]; onChange: (value: Row[]) => void }): ReactNode {
  const { value, onChange } = props;
  const today = hallNow().format('YYYY-MM-DD');
  const [day, setDay] = useState<dayjs.Dayjs | null>(null);
  const [intervals, setIntervals] = useState<Row['intervals']>([]);
  const [reason, setReason] = useState('');
  const date = day?.format('YYYY-MM-DD');
  const add = (): void => {
    if (!date) return;
    onChange(
      [...value.filter((each) => each.date !== date), { date, intervals, reason: reason.trim() }].sort(
        (a, b) => (a.date < b.date ? -1 : 1),
      ),
    );
    setDay(null);
    setReason('');
  };
  const coming = value.filter((each) => each.date >= today);
  return (
    <div className="hours">
      {coming.length === 0 && <p className="quiet">没有特殊安排，节假日和调休按国务院公布的日历。</p>}
      {coming.map((each) => (
        <div className="halls-line" key={each.date}>
          <strong className="figure">{dayjs(each.date).format('M月D日 dddd')}</strong>
          <span className="figure">{each.intervals.length ? timesText(each.intervals) : '不对外办公'}</span>
          <span className="quiet">{each.reason}</span>
          <Button type="text" onClick={() => onChange(value.filter((one) => one.date !== each.date))}>
            去掉
          </Button>
        </div>
      ))}
      <div className="halls-line">
        <DatePicker
          value={day}
          onChange={setDay}
          placeholder="日期"
          format="M月D日 dddd"
          disabledDate={(one: dayjs.Dayjs) => one.isBefore(hallNow(), 'day')}
        />
        <Times key={value.length} value={intervals} onChange={setIntervals} />
        <Input
          className="hours-times"
          placeholder="原因，例如：系统升级"
          maxLength={30}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button disabled={!date || reason.trim().length < 2} onClick={add} data-testid="add-exception">
          加上
        </Button>
      </div>
    </div>
  );
}
