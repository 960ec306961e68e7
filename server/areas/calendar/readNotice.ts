import type { LocalDay } from '../../kernel/localDay.ts';
import type { CalendarDay, CalendarProblem } from './contract.ts';
import { readDates } from './noticeDates.ts';
import { noticeLines } from './noticeLines.ts';

export interface NoticeRead {
  /** In the order of the calendar; a day stands once. */
  readonly days: readonly CalendarDay[];
  readonly problems: readonly CalendarProblem[];
}

const shortNames: Readonly<Record<string, string>> = {
  清明: '清明节',
  端午: '端午节',
  中秋: '中秋节',
  国庆: '国庆节',
  劳动: '劳动节',
  五一: '劳动节',
};

/** A pasted notice as days of `year`. A day that two lines claim is a problem of the second. */
export function readNotice(text: string, year: number): NoticeRead {
  const days = new Map<LocalDay, CalendarDay>();
  const problems: CalendarProblem[] = [];
  const lines = noticeLines(text);
  for (const { line, name: said, rest, makeUp } of lines) {
    const name = shortNames[said] ?? said;
    if (!/^[一-龥、]{2,9}$/.test(name) || rest === '') {
      problems.push({ line, text: '每行要写明节日、放假日期，有调休的再写上班日期' });
      continue;
    }
    const take = (words: string, workday: boolean): void => {
      const read = readDates(words, year);
      for (const each of read.problems) problems.push({ line, text: each });
      for (const day of read.days) {
        const other = days.get(day);
        if (other) problems.push({ line, text: `${day} 已写在「${other.name}」里` });
        else days.set(day, { day, workday, name: workday ? `${name}调休上班` : name });
      }
    };
    take(rest, false);
    if (makeUp !== '' && !/^[无—\-/]+$/.test(makeUp)) take(makeUp, true);
  }
  if (lines.length === 0) problems.push({ line: null, text: '没有读到任何节日' });
  return { days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), problems };
}
