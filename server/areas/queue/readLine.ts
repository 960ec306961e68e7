import { localDayOf } from '../../kernel/localDay.ts';
import { newest } from '../booking/newest.ts';
import type { Hall } from '../halls/model.ts';
import { foreseeOrder, type Waiting } from './fairness.ts';
import { emptyLine, type Line, type LineKey, lineIdOf, lines } from './lineModel.ts';
import { tickets } from './model.ts';
import type { QueueRoom } from './room.ts';

/** The line and who waits in it. */
export interface LineState {
  readonly line: Line;
  readonly waiting: readonly Waiting[];
}

interface RememberedLine extends LineState {
  order?: readonly string[];
}

/**
 * The newest state of a line. Who waits is remembered by the line's version, which every change of it raises; so a
 * look-up costs one small read while nothing has happened, and is never older than the last call.
 */
class LineReader {
  private readonly remembered = new Map<string, RememberedLine>();
  /** Readings under way, by line and version: a hundred look-ups after a call read the waiting once. */
  private readonly reading = new Map<string, Promise<RememberedLine | null>>();

  async read(key: LineKey): Promise<RememberedLine> {
    const _id = lineIdOf(key);
    for (let attempt = 0; attempt < 5; attempt++) {
      const line = (await lines().findOne({ _id }, newest())) ?? emptyLine(key);
      const known = this.remembered.get(_id);
      if (known?.line.version === line.version && known.line.epoch === line.epoch) return known;
      const found = await this.readOnce(key, line);
      if (found) return found;
    }
    // Calls come faster than reads: an answer that is one call old is still an answer.
    const line = (await lines().findOne({ _id }, newest())) ?? emptyLine(key);
    return { line, waiting: await readWaiting(key) };
  }

  /** Who waits at this version of the line; null when it moved on meanwhile. Shared by all who ask for the same version. */
  private readOnce(key: LineKey, line: Line): Promise<RememberedLine | null> {
    const name = `${line._id} ${line.epoch} ${line.version}`;
    const underWay = this.reading.get(name);
    if (underWay) return underWay;
    const reading = this.readAt(key, line).finally(() => this.reading.delete(name));
    this.reading.set(name, reading);
    return reading;
  }

  private async readAt(key: LineKey, line: Line): Promise<RememberedLine | null> {
    const waiting = await readWaiting(key);
    // The people belong to this version only if it is still the newest after they were read.
    const _id = lineIdOf(key);
    const after = (await lines().findOne({ _id }, { ...newest(), projection: { version: 1 } }))?.version ?? 0;
    return after === line.version ? this.remember(_id, { line, waiting }) : null;
  }

  /** Ids in the order in which they would be called. */
  async order(key: LineKey, room: Pick<QueueRoom, 'clock' | 'rules'>): Promise<readonly string[]> {
    return this.orderIn(await this.read(key), room);
  }

  /** The same for a state that was just read. */
  orderIn(state: RememberedLine, room: Pick<QueueRoom, 'clock' | 'rules'>): readonly string[] {
    const now = room.clock.now().getTime();
    // While somebody's booked time is still to come the order changes with the clock alone, and is not remembered.
    const settled = state.waiting.every((each) => each.since <= now);
    if (settled && state.order) return state.order;
    const order = foreseeOrder(state.waiting, state.line.memory, now, room.rules.fairness).map(
      (each) => each.id,
    );
    if (settled) state.order = order;
    return order;
  }

  private remember(_id: string, state: RememberedLine): RememberedLine {
    if (this.remembered.size > 2000) this.remembered.clear();
    this.remembered.set(_id, state);
    return state;
  }
}

export const lineReader = new LineReader();

async function readWaiting({ hallId, group, day }: LineKey): Promise<Waiting[]> {
  const rows = await tickets()
    .find(
      { hallId, day, group, state: 'waiting' },
      { ...newest(), projection: { kind: 1, since: 1, order: 1, overtaken: 1 } },
    )
    .toArray();
  return rows.map(({ _id, kind, since, order, overtaken }) => ({
    id: _id,
    kind,
    since: since.getTime(),
    order,
    overtaken,
  }));
}

/** The lines that a hall has today: one for each kind of its windows. */
export function lineKeysOf(hall: Pick<Hall, 'id' | 'zones'>, now: Date): LineKey[] {
  const day = localDayOf(now);
  return hall.zones.flatMap((zone) =>
    [...new Set(zone.windows.map((each) => each.group))].map((group) => ({
      hallId: hall.id,
      zone: zone.code,
      group,
      day,
    })),
  );
}

export const keyOf = (ticket: LineKey): LineKey => ({
  hallId: ticket.hallId,
  zone: ticket.zone,
  group: ticket.group,
  day: ticket.day,
});
