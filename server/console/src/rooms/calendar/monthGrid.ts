export interface GridDay {
  readonly day: string;
  readonly number: number;
  readonly weekend: boolean;
}

/** The weeks of a month from Monday on; null where a week reaches beyond the month. */
export function monthGrid(year: number, month: number): readonly (readonly (GridDay | null)[])[] {
  const two = (value: number): string => String(value).padStart(2, '0');
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const cells: (GridDay | null)[] = Array.from({ length: before }, () => null);
  for (let number = 1; number <= length; number++) {
    const weekend = (before + number - 1) % 7 >= 5;
    cells.push({ day: `${year}-${two(month)}-${two(number)}`, number, weekend });
  }
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
