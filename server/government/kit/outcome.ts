/**
 * How a call went, for everybody who counts:
 * - `ok`, `refused`: the system answered; a no in its own words is an answer
 * - `failed`: it was asked and did not answer, or not in a way that can be understood
 * - `notSent`: we did not ask: switched off, maintenance hours, quota used up, too many at once, breaker open
 */
export type Outcome = 'ok' | 'refused' | 'failed' | 'notSent';
export const outcomes: readonly Outcome[] = ['ok', 'refused', 'failed', 'notSent'];

/** Results of our own making that never reached the system. */
export const notSentResults: readonly string[] = [
  'closed:off',
  'closed:maintenance',
  'busy:quota',
  'busy:bulkhead',
  'down:breaker',
];

/** Of the `result` of an audit row; null while the call is under way, or where its process died. */
export function outcomeOf(result: string): Outcome | null {
  if (result === 'begun') return null;
  if (result === 'ok') return 'ok';
  if (result.startsWith('refused:')) return 'refused';
  return notSentResults.includes(result) ? 'notSent' : 'failed';
}
