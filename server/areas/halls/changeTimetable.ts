import { inTransaction } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { type HallChange, HallChangeModel } from './changeModel.ts';
import { hallOf } from './findHall.ts';
import { type Hall, HallModel } from './model.ts';
import type { Timetable } from './windowHours.ts';

export interface Author {
  readonly by: string;
  readonly byName: string;
  readonly why: string;
  readonly at: Date;
}

/**
 * Writes a new timetable on the version it was made from, with its row of history. The hall stays marked as unsettled
 * until the bookings it hits are moved. Null: somebody else changed it meanwhile; nothing is written.
 */
export async function changeTimetable(
  hall: Hall,
  next: Timetable,
  what: readonly string[],
  author: Author,
): Promise<Hall | null> {
  const version = hall.version ?? 0;
  const { hours, exceptions, zones, extended, matterHours } = hall;
  const { by, byName, why, at } = author;
  return inTransaction(async (session) => {
    const written = await HallModel.findOneAndUpdate(
      { _id: hall.id, version: version === 0 ? { $in: [0, null] } : version },
      { $set: { ...next, version: version + 1, unsettled: { by, why, at } } } as never,
      { session, returnDocument: 'after' },
    ).lean<Omit<Hall, 'id'> & { _id: string }>();
    if (!written) return null;
    const before = { hours, exceptions, zones, extended: extended ?? [], matterHours: matterHours ?? [] };
    const row = { _id: newId(), hallId: hall.id, version: version + 1, at, by, byName, why, what, before };
    await HallChangeModel.create([row as never], { session });
    return hallOf(written);
  });
}

/** The bookings of this version are where they belong. */
export async function settleTimetable(hallId: string, version: number): Promise<void> {
  await HallModel.updateOne({ _id: hallId, version }, { $set: { unsettled: null } } as never);
}

/** Halls whose last change was cut short before all its bookings were moved. */
export async function unsettledHalls(before: Date): Promise<Hall[]> {
  const rows = await HallModel.find({ 'unsettled.at': { $lte: before } }).lean<
    (Omit<Hall, 'id'> & { _id: string })[]
  >();
  return rows.map(hallOf);
}

export const timetableHistory = (hallId: string): Promise<HallChange[]> =>
  HallChangeModel.find({ hallId }).sort({ version: -1 }).limit(50).lean<HallChange[]>();
