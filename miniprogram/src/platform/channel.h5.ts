export const channel = 'h5' as const;

/** The hall serves this page itself. */
export function apiBase(): string {
  return '';
}

/** The cookie carries the session; the header tells the hall that a script of ours asks, not a foreign form. */
export function sessionHeaders(): Record<string, string> {
  return { 'x-hall-client': 'h5' };
}
