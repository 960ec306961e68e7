import type { ReactNode } from 'react';
import type { CalendarDay } from '../../api/calendar.ts';
import { monthGrid } from './monthGrid.ts';
import { dayWords, kindWords } from './words.ts';
import './YearPicture.css';

const months = Array.from({ length: 12 }, (_, month) => month + 1);
const heads = ['一', '二', '三', '四', '五', '六', '日'] as const;

/** Twelve months; what differs from the plain week carries 「休」 or 「班」, so that no colour has to say it alone. */
export function YearPicture(props: {
  year: number;
  days: readonly CalendarDay[];
  today?: string;
  /** Days that changed against what counts now. */
  changed?: ReadonlySet<string>;
}): ReactNode {
  const special = new Map(props.days.map((each) => [each.day, each]));
  return (
    <div className="year" data-testid="year-picture">
      {months.map((month) => (
        <table className="month" key={month} aria-label={`${props.year}年${month}月`}>
          <caption>{month}月</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {monthGrid(props.year, month).map((week) => (
              <tr key={week.find((each) => each !== null)!.day}>
                {week.map((each, at) =>
                  each === null ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing but its place
                    <td key={at} />
                  ) : (
                    <Day
                      key={each.day}
                      {...each}
                      special={special.get(each.day)}
                      isToday={each.day === props.today}
                      changed={props.changed?.has(each.day) ?? false}
                    />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Day(props: {
  day: string;
  number: number;
  weekend: boolean;
  special: CalendarDay | undefined;
  isToday: boolean;
  changed: boolean;
}): ReactNode {
  const { special } = props;
  const kind = special ? (special.workday ? 'work' : 'rest') : props.weekend ? 'weekend' : 'plain';
  const marks = [props.isToday && 'day-today', props.changed && 'day-changed'].filter(Boolean).join(' ');
  const title = special ? `${dayWords(props.day)}：${kindWords(special)}` : undefined;
  return (
    <td className={`day day-${kind} ${marks}`} title={title}>
      <span className="figure">{props.number}</span>
      {special && <i>{special.workday ? '班' : '休'}</i>}
    </td>
  );
}
