import chineseDays from 'chinese-days';
import { addLocalDays, localDay, localTime } from '../core/localTime.ts';

/** Working days by kind: 咨询, 求助, 投诉, 举报, 意见建议. */
const daysOf: Readonly<Record<string, number>> = { 1: 3, 2: 5, 3: 10, 4: 10, 5: 15 };
export const workingDaysFor = (type: string): number => daysOf[type] ?? 10;

/** The end of the working day that many working days later; the day itself does not count. */
export function deadlineAfter(from: Date, days: number): string {
  let day = localDay(from);
  for (let left = days; left > 0; ) {
    day = addLocalDays(day, 1);
    if (chineseDays.isWorkday(day)) left -= 1;
  }
  return `${day} 18:00:00`;
}

/** Halfway between two moments written as Beijing time. */
export function halfwayTo(from: string, deadline: string): string {
  const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);
  return localTime(new Date((at(from) + at(deadline)) / 2));
}
