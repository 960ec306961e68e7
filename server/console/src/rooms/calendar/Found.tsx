import type { ReactNode } from 'react';
import type { CalendarProblem } from '../../api/calendar.ts';

const words = ({ line, text }: CalendarProblem): string => (line === null ? text : `第 ${line} 行：${text}`);

/** What has to be mended, and what should be looked at twice. */
export function Found(props: {
  problems: readonly CalendarProblem[];
  warnings: readonly CalendarProblem[];
}): ReactNode {
  if (props.problems.length + props.warnings.length === 0) return null;
  return (
    <ul className="import-found" data-testid="found">
      {props.problems.map((each) => (
        <li className="import-problem" key={words(each)}>
          {words(each)}
        </li>
      ))}
      {props.warnings.map((each) => (
        <li className="import-warning" key={words(each)}>
          {words(each)}
        </li>
      ))}
    </ul>
  );
}
