import type { TicketKind } from './contract.ts';

/**
 * Who is called next, in one line of interchangeable windows. The rule, as it hangs in the hall:
 *
 * 1. Each kind (booked, priority, walk-in) is served in the order in which its people came. A booked person counts
 *    from the booked time, or from check-in if that was later; nobody is called before that unless nobody else waits.
 * 2. Priority people go first, but after one of them at least `normalBetweenPriority` others are called.
 * 3. Then booked people, but after `bookedInARow` of them in a row one walk-in is called.
 * 4. Nobody is passed more than `maxOvertakes` times by somebody who came later: who has been passed so often is
 *    called next, before everybody of rules 2 and 3; among several of them, who came first.
 *
 * Rule 4 bounds every wait whatever the others do (I5): a person passed `maxOvertakes` times can only be preceded by
 * people who came earlier.
 */
export interface FairnessRules {
  readonly maxOvertakes: number;
  readonly normalBetweenPriority: number;
  readonly bookedInARow: number;
}

export interface Waiting {
  readonly id: string;
  readonly kind: TicketKind;
  /** The instant from which the ticket counts, milliseconds. */
  readonly since: number;
  /** Order of issue: decides between equal `since`. */
  readonly order: number;
  /** How often somebody who came later was called before. */
  readonly overtaken: number;
}

/** What the line remembers of its calls. */
export interface LineMemory {
  /** Calls since the last priority one. */
  readonly sincePriority: number;
  /** Booked calls in a row. */
  readonly bookedRun: number;
}

export const freshLine: LineMemory = { sincePriority: 1_000, bookedRun: 0 };

export type Reason = 'passedTooOften' | 'priority' | 'booked' | 'walkIn' | 'early';

export interface Choice {
  readonly ticket: Waiting;
  readonly reason: Reason;
}

/** Earlier of two in order of arrival. */
export const cameFirst = (a: Waiting, b: Waiting): number => a.since - b.since || a.order - b.order;

/** The next to be called, and by which rule; null when nobody waits. */
export function chooseNext(
  waiting: readonly Waiting[],
  memory: LineMemory,
  now: number,
  rules: FairnessRules,
): Choice | null {
  const due = waiting.filter((each) => each.since <= now);
  const passed = first(due.filter((each) => each.overtaken >= rules.maxOvertakes));
  if (passed) return { ticket: passed, reason: 'passedTooOften' };
  const priority = first(due.filter((each) => each.kind === 'priority'));
  const booked = first(due.filter((each) => each.kind === 'booked'));
  const walkIn = first(due.filter((each) => each.kind === 'walkIn'));
  const others = booked ?? walkIn;
  if (priority && (!others || memory.sincePriority >= rules.normalBetweenPriority)) {
    return { ticket: priority, reason: 'priority' };
  }
  if (booked && (!walkIn || memory.bookedRun < rules.bookedInARow)) {
    return { ticket: booked, reason: 'booked' };
  }
  if (walkIn) return { ticket: walkIn, reason: 'walkIn' };
  const early = first(waiting);
  return early && { ticket: early, reason: 'early' };
}

/** The line's memory after a call. */
export const afterCall = (memory: LineMemory, kind: TicketKind): LineMemory => ({
  sincePriority: kind === 'priority' ? 0 : memory.sincePriority + 1,
  bookedRun: kind === 'booked' ? memory.bookedRun + 1 : kind === 'walkIn' ? 0 : memory.bookedRun,
});

/** Those whom a call of `called` passes: due, and come before. */
export const overtakenBy = (called: Waiting, waiting: readonly Waiting[], now: number): Waiting[] =>
  waiting.filter((each) => each.id !== called.id && each.since <= now && cameFirst(each, called) < 0);

/** The first `count` in the order in which they would be called if nobody else came. */
export function foreseeOrder(
  waiting: readonly Waiting[],
  memory: LineMemory,
  now: number,
  rules: FairnessRules,
  count = waiting.length,
): Waiting[] {
  let left = [...waiting];
  let state = memory;
  const order: Waiting[] = [];
  while (order.length < count) {
    const choice = chooseNext(left, state, now, rules);
    if (!choice) break;
    const { ticket } = choice;
    order.push(ticket);
    const passed = new Set(overtakenBy(ticket, left, now).map((each) => each.id));
    left = left
      .filter((each) => each.id !== ticket.id)
      .map((each) => (passed.has(each.id) ? { ...each, overtaken: each.overtaken + 1 } : each));
    state = afterCall(state, ticket.kind);
  }
  return order;
}

const first = (tickets: readonly Waiting[]): Waiting | null =>
  tickets.reduce<Waiting | null>(
    (best, each) => (best === null || cameFirst(each, best) < 0 ? each : best),
    null,
  );
