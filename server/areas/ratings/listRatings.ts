import type { z } from 'zod';
import { HallError } from '../../kernel/http/hallError.ts';
import type { StaffMember } from '../../kernel/http/route.ts';
import { ownHalls } from './actOnOrder.ts';
import { ratingsErrors, type StaffRatings, type StaffRatingsQuery } from './contract.ts';
import { type ServiceEvent, serviceEvents, type WorkOrder, workOrders } from './model.ts';
import { presentStaffRating } from './present.ts';
import type { RatingsRoom } from './room.ts';

/** The person's services of the last half year, newest first, with what became of bad ratings. */
export async function listMine(
  personId: string,
): Promise<{ readonly event: ServiceEvent; readonly order: WorkOrder | null }[]> {
  const events = await serviceEvents().find({ personId }).sort({ finishedAt: -1 }).limit(50).toArray();
  const orders = await workOrders()
    .find({ _id: { $in: events.map((each) => each._id) } })
    .toArray();
  return events.map((event) => ({ event, order: orders.find((each) => each._id === event._id) ?? null }));
}

const pageSize = 50;
const views = {
  all: { 'rating.source': 'active' },
  bad: { 'rating.source': 'active', 'rating.level': { $lte: 2 } },
  text: { 'rating.textState': 'held' },
} as const;

/** What people chose, the newest service first. */
export async function listRatings(
  room: RatingsRoom,
  { view, before }: z.output<typeof StaffRatingsQuery>,
  staff: Pick<StaffMember, 'hallIds'>,
): Promise<StaffRatings> {
  const found = await serviceEvents()
    .find({
      ...views[view],
      ...ownHalls(staff),
      ...(before !== undefined && { _id: { $lt: before } }),
    } as never)
    .sort({ _id: -1 })
    .limit(pageSize + 1)
    .toArray();
  const page = found.slice(0, pageSize);
  return {
    ratings: page.map((each) => presentStaffRating(room, each)),
    next: found.length > pageSize ? page.at(-1)!._id : null,
  };
}

/** A text may be shown to the public, or is kept in the house; either way nothing of it is lost. Error: 404 ratings.unknown. */
export async function decideText(
  id: string,
  show: boolean,
  staff: Pick<StaffMember, 'hallIds'>,
): Promise<ServiceEvent> {
  const after = await serviceEvents().findOneAndUpdate(
    { _id: id, ...ownHalls(staff), 'rating.textState': { $in: ['held', 'shown', 'kept'] } } as never,
    { $set: { 'rating.textState': show ? 'shown' : 'kept' } } as never,
    { returnDocument: 'after' },
  );
  if (!after) throw new HallError(ratingsErrors.unknown);
  return after;
}
