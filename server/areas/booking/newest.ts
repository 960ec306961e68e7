import type { ClientSession } from 'mongoose';

/**
 * Options of a read that explains why a conditional write did not match: the primary's newest state, including what
 * others have written and the majority has not yet acknowledged. With the connection's majority reads one would be told
 * of a state in which the write would have matched.
 */
export const newest = (session?: ClientSession) =>
  session ? { session } : { readConcern: { level: 'local' as const } };
