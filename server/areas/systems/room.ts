import type { ProcessPulse } from '../../government/kit/gatePulse.ts';
import type { SystemGate } from '../../government/kit/systemGate.ts';
import type { Clock } from '../../kernel/clock.ts';

/** A row that nobody could read, as the owner of the rows opens it; holds personal data. */
export interface RawRow {
  readonly id: string;
  readonly table: string;
  readonly receivedAt: Date;
}

export interface RawShelf {
  list(limit: number): Promise<readonly RawRow[]>;
  open(id: string): Promise<(RawRow & { readonly fields: Readonly<Record<string, string>> }) | null>;
}

export interface SystemsRoom {
  readonly clock: Clock;
  /** One a system, in the order they are shown. */
  readonly gates: readonly SystemGate[];
  readonly processes: (wall: Date) => Promise<readonly ProcessPulse[]>;
  /** By system: what waits to be told to it. */
  readonly outboxes: Readonly<
    Record<string, () => Promise<{ readonly waiting: number; readonly oldestAt: Date | null }>>
  >;
  /** By system: rows kept as they came. */
  readonly raw: Readonly<Record<string, RawShelf>>;
  readonly staffNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}
