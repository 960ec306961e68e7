import { cameFirst, type Waiting } from '../../areas/queue/fairness.ts';
import type { Ticket } from '../../areas/queue/model.ts';

/**
 * Keeps its own book of who waits where, and counts at each call who is passed by whom: the proof of the bound on
 * overtakes does not rest on what the hall itself has counted.
 */
export class Watcher {
  private readonly lines = new Map<string, Map<string, Waiting>>();
  private readonly passed = new Map<string, number>();
  /** Of every ticket that was ever passed: the most often in one wait. */
  mostPassed = 0;

  waits(ticket: Ticket): void {
    const line = this.lineOf(ticket.group);
    this.passed.delete(ticket._id);
    line.set(ticket._id, {
      id: ticket._id,
      kind: ticket.kind,
      since: ticket.since.getTime(),
      order: ticket.order,
      overtaken: 0,
    });
  }

  gone(ticket: Pick<Ticket, '_id' | 'group'>): void {
    this.lineOf(ticket.group).delete(ticket._id);
  }

  called(group: string, id: string, at: number): void {
    const line = this.lineOf(group);
    const called = line.get(id);
    if (!called) throw new Error(`${id} was called and does not wait in ${group}`);
    line.delete(id);
    for (const other of line.values()) {
      if (other.since > at || cameFirst(other, called) >= 0) continue;
      const times = (this.passed.get(other.id) ?? 0) + 1;
      this.passed.set(other.id, times);
      this.mostPassed = Math.max(this.mostPassed, times);
    }
  }

  /** How many still wait. */
  get waiting(): number {
    return [...this.lines.values()].reduce((sum, line) => sum + line.size, 0);
  }

  waitingIn(group: string): number {
    return this.lines.get(group)?.size ?? 0;
  }

  private lineOf(group: string): Map<string, Waiting> {
    const line = this.lines.get(group) ?? new Map<string, Waiting>();
    this.lines.set(group, line);
    return line;
  }
}
