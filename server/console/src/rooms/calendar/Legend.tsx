import type { ReactNode } from 'react';
import type { CalendarDay } from '../../api/calendar.ts';

export function Legend({ days, workdays }: { days: readonly CalendarDay[]; workdays: number }): ReactNode {
  const rests = days.filter(({ workday }) => !workday).length;
  return (
    <p className="year-legend">
      <span>
        <b className="day-rest">休</b>放假 <span className="figure">{rests}</span> 天
      </span>
      <span>
        <b className="day-work">班</b>调休上班 <span className="figure">{days.length - rests}</span> 天
      </span>
      <span>
        全年工作日 <strong className="figure">{workdays}</strong> 天
      </span>
    </p>
  );
}
