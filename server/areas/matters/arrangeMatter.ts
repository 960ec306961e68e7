import type { Clock } from '../../kernel/clock.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { findHalls } from '../halls/findHall.ts';
import type { Hall } from '../halls/model.ts';
import { type MatterArrangement, mattersErrors } from './contract.ts';
import { findMatter } from './findMatter.ts';
import { type Matter, type MatterHall, MatterModel } from './model.ts';

export interface ArrangeRoom {
  readonly clock: Clock;
  /** Visits for the matter that lie ahead in the hall. */
  readonly bookedAhead: (matterId: string, hallId: string, now: Date) => Promise<number>;
}

/**
 * Says what is the hall's own of a matter: topic, minutes of a visit, and which windows of which halls do it. With a bookable hall it can
 * be booked at once. A place for which visits lie ahead is not taken away. Errors: `notFound`, `noSuchPlace`, `placeBooked` (details).
 */
export async function arrangeMatter(
  room: ArrangeRoom,
  id: string,
  { topic, minutes, places }: MatterArrangement,
): Promise<Matter> {
  const matter = await findMatter(id);
  if (!matter) throw new HallError(mattersErrors.notFound);
  const found = await findHalls(places.map(({ hallId }) => hallId));
  const byId = new Map(found.map((hall) => [hall.id, hall]));
  if (byId.size !== places.length) throw new HallError(mattersErrors.noSuchPlace);
  const halls = places
    .map(({ hallId, group }) => placeIn(byId.get(hallId)!, group))
    .sort((a, b) => byId.get(a.hallId)!.rank - byId.get(b.hallId)!.rank);
  for (const before of matter.halls) {
    const kept = halls.some(({ hallId, group }) => hallId === before.hallId && group === before.group);
    if (kept) continue;
    const count = await room.bookedAhead(id, before.hallId, room.clock.now());
    if (count > 0)
      throw new HallError(mattersErrors.placeBooked, { details: { hall: before.hallName, count } });
  }
  const bookable = matter.withdrawnAt == null && halls.some((each) => each.bookable);
  await MatterModel.updateOne({ _id: id }, { $set: { topic, minutes, halls, bookable } as never });
  return { ...matter, topic, minutes, halls, bookable };
}

function placeIn(hall: Hall, group: string): MatterHall {
  const zone = hall.zones.find((each) => each.windows.some((window) => window.group === group));
  if (!zone) throw new HallError(mattersErrors.noSuchPlace);
  return {
    hallId: hall.id,
    hallName: hall.name,
    zone: hall.kind === 'district' ? zone.name : null,
    group,
    windows: zone.windows.filter((window) => window.group === group).length,
    bookable: hall.bookable,
  };
}
