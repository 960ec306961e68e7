/** These systems write Beijing time without a zone. */
const shifted = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString();

/** `2026-11-25` */
export const localDay = (at: Date): string => shifted(at).slice(0, 10);
/** `2026-11-25 16:58:01` */
export const localTime = (at: Date): string => shifted(at).slice(0, 19).replace('T', ' ');
/** `16:58` */
export const localClock = (at: Date): string => shifted(at).slice(11, 16);
/** `20261125165801` */
export const compactTime = (at: Date): string => localTime(at).replace(/\D/g, '');
/** 0 = Sunday … 6 = Saturday, in Beijing. */
export const localWeekday = (at: Date): number => new Date(at.getTime() + 8 * 3_600_000).getUTCDay();

export function addLocalDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
