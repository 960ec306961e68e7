import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { CalendarChange } from '../../api/calendar.ts';
import { dayWords, kindWords } from './words.ts';

const columns: TableColumnsType<CalendarChange> = [
  { title: '日期', width: 140, className: 'figure', render: (_, row) => dayWords(row.day) },
  { title: '现在', render: (_, row) => kindWords(row.from) },
  { title: '改为', render: (_, row) => <strong>{kindWords(row.to)}</strong> },
  {
    title: '已有预约',
    width: 100,
    className: 'figure',
    render: (_, row) => (row.booked > 0 ? <span className="field-warn">{row.booked} 个</span> : '—'),
  },
];

/** What becomes of which day; and, where days that have bookings become days of rest, what to do about it. */
export function Changes({ changes }: { changes: readonly CalendarChange[] }): ReactNode {
  const booked = changes.reduce((sum, each) => sum + each.booked, 0);
  return (
    <>
      {booked > 0 && (
        <p className="calendar-warning" role="status">
          <span>
            改为休息的日子里已有 {booked} 个预约，通过后请到<Link to="/closures">临时停办</Link>
            逐日停办，让市民改约。
          </span>
        </p>
      )}
      <Table<CalendarChange>
        rowKey="day"
        size="small"
        columns={columns}
        dataSource={changes}
        pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </>
  );
}
