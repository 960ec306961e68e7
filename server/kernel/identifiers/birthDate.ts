/** Whether `YYYYMMDD` is a real day, not before 1850 and not after `today` (`YYYY-MM-DD`). */
export function isBirthDate(digits: string, today: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)];
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const text = `${year}-${month}-${day}`;
  return Number(year) >= 1850 && at.toISOString().slice(0, 10) === text && text <= today;
}
