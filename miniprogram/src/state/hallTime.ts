let ahead = 0;

/**
 * The hall's clock may differ from the phone's (a wrong phone, or a demo hall with a clock of its own).
 * Every answer says what time it is in the hall.
 */
export function noteHallTime(header: string | undefined): void {
  const at = header === undefined ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(at)) ahead = at - Date.now();
}

/** Milliseconds since 1970 by the hall's clock, as far as we know it. */
export const hallNow = (): number => Date.now() + ahead;

/** The day in the hall, `YYYY-MM-DD` (UTC+8, no summer time). */
export const hallDay = (): string => new Date(hallNow() + 8 * 3_600_000).toISOString().slice(0, 10);
