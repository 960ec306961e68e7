import { HallError } from '../../kernel/http/hallError.ts';
import type { LocalDay } from '../../kernel/localDay.ts';
import type { Hall } from '../halls/model.ts';
import type { Matter } from '../matters/model.ts';
import { bookingErrors } from './contract.ts';
import type { BookingRoom } from './room.ts';
import { capacityOf, groupIn, type PlannedDay, planDay, unitsOf } from './schedule.ts';
import { groupKeyOf } from './slotModel.ts';

/** Where in a hall a visit takes place, and how much of a slot it needs. */
export interface Place {
  readonly hall: Hall;
  readonly matters: readonly Matter[];
  readonly zone: string;
  /** As citizens are told; null where the hall has one room. */
  readonly zoneName: string | null;
  readonly group: string;
  readonly groupKey: string;
  readonly windows: number;
  readonly units: number;
  /** Scarce resources of this hall that the matters need. */
  readonly scarce: readonly string[];
}

/**
 * The place where all of `matterIds` are done in one visit.
 * Errors: 404 booking.matter_not_here, 409 booking.not_together (different windows).
 */
export async function findPlace(
  room: BookingRoom,
  matterIds: readonly string[],
  hallId: string,
): Promise<Place> {
  const [hall, ...matters] = await Promise.all([room.findHall(hallId), ...matterIds.map(room.findMatter)]);
  const spots = matters.map((matter) =>
    matter?.bookable ? matter.halls.find((each) => each.hallId === hallId && each.bookable) : undefined,
  );
  const [spot] = spots;
  if (!hall?.bookable || !spot || spots.includes(undefined)) throw new HallError(bookingErrors.matterNotHere);
  if (spots.some((each) => each!.group !== spot.group)) throw new HallError(bookingErrors.notTogether);
  const where = groupIn(hall, spot.group);
  if (!where) throw new HallError(bookingErrors.matterNotHere);
  const { rules } = room;
  const minutes = matters.reduce((sum, matter) => sum + matter!.minutes, 0);
  return {
    hall,
    matters: matters as Matter[],
    zone: where.zone,
    zoneName: spot.zone,
    group: spot.group,
    groupKey: groupKeyOf(hall.id, where.zone, spot.group),
    windows: where.windows,
    units: unitsOf(minutes, capacityOf(where.windows, rules), rules),
    scarce: rules.scarce
      .filter((each) => each.hallId === hallId && each.matterIds.some((id) => matterIds.includes(id)))
      .map((each) => each.id),
  };
}

export const planFor = (room: BookingRoom, place: Place, day: LocalDay): PlannedDay =>
  planDay(
    place.hall,
    { zone: place.zone, group: place.group, matterIds: place.matters.map((each) => each.id) },
    day,
    room.calendar,
    room.rules,
  );
