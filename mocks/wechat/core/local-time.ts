const beijing = 8 * 3_600_000;

/** `YYYY-MM-DD` in Beijing: daily quotas begin anew at its midnight. */
export function localDay(now: Date): string {
  return new Date(now.getTime() + beijing).toISOString().slice(0, 10);
}

/** `YYYY-MM` in Beijing: the four mass messages a person may get are counted in it. */
export function localMonth(now: Date): string {
  return localDay(now).slice(0, 7);
}

/** Unix seconds, the unit of every time WeChat sends. */
export function seconds(now: Date): number {
  return Math.floor(now.getTime() / 1000);
}
