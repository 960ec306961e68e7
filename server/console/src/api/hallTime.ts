import dayjs from 'dayjs';

/** How far the hall's clock is ahead of this browser's, milliseconds; a demo may live on another day. */
let ahead = 0;

/** Each answer of the server carries the hall's time. */
export function noteHallTime(header: string | null): void {
  const at = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(at)) ahead = at - Date.now();
}

/** Now, as the hall's clock shows it. */
export const hallNow = (): dayjs.Dayjs => dayjs(Date.now() + ahead);
