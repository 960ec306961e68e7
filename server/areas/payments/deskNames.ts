import { staffNames } from '../staff/findStaff.ts';
import type { Payment } from './model.ts';
import type { StoredDifference } from './reconcileModel.ts';

/** Names of the staff who had to do with these payments or differences. */
export function deskNames(
  payments: readonly Payment[],
  differences: readonly StoredDifference[] = [],
): Promise<ReadonlyMap<string, string>> {
  const ids = [
    ...payments.flatMap((each) => each.history.map(({ by }) => by)),
    ...differences.flatMap(({ settled }) => (settled ? [settled.by] : [])),
  ];
  return staffNames([...new Set(ids)]);
}
