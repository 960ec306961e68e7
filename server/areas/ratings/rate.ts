import { inTransaction } from '../../kernel/database.ts';
import { HallError } from '../../kernel/http/hallError.ts';
import { localDayOf } from '../../kernel/localDay.ts';
import { deadline } from '../../kernel/workingDays/deadline.ts';
import { type RateRequest, ratingsErrors } from './contract.ts';
import { type Given, type ServiceEvent, serviceEvents, type WorkOrder, workOrders } from './model.ts';
import type { RatingsRoom } from './room.ts';
import { isBad } from './rules.ts';

/** The person's own event. Error: 404 ratings.unknown, the same for another's and for none. */
export async function findMyEvent(personId: string, id: string): Promise<ServiceEvent> {
  const event = await serviceEvents().findOne({ _id: id, personId });
  if (!event) throw new HallError(ratingsErrors.unknown);
  return event;
}

/**
 * The one rating of a service; a bad one becomes a work order in the same transaction. `by` is null for somebody who
 * knew name and number.
 * Errors: 400 ratings.bad_tag, 409 ratings.already_rated, 409 ratings.too_late.
 */
export async function rate(
  room: RatingsRoom,
  event: ServiceEvent,
  { level, tags, text }: RateRequest,
  by: string | null,
): Promise<ServiceEvent> {
  const known = isBad(level) ? room.rules.tags.bad : [...room.rules.tags.good, ...room.rules.tags.bad];
  if (tags.some((tag) => !known.includes(tag))) throw new HallError(ratingsErrors.badTag);
  const now = room.clock.now();
  const day = localDayOf(now);
  if (day > event.until) throw new HallError(ratingsErrors.tooLate);
  const rating: Given = {
    ...{ source: 'active', level, tags: [...new Set(tags)], at: now, day, personId: by },
    textSealed: text === '' ? null : room.cipher.encrypt(text, `ratings.text/${event._id}`),
    textState: text === '' ? 'none' : 'held',
  };
  const rated = await inTransaction(async (session) => {
    const after = await serviceEvents().findOneAndUpdate(
      { _id: event._id, open: true },
      { $set: { open: false, rating } },
      { session, returnDocument: 'after' },
    );
    if (after && isBad(level)) await workOrders().insertOne(orderOf(room, after, now), { session });
    return after;
  });
  if (!rated) throw new HallError(ratingsErrors.alreadyRated);
  return rated;
}

function orderOf(room: RatingsRoom, event: ServiceEvent, now: Date): WorkOrder {
  const { calendar, rules } = room;
  const day = localDayOf(now);
  const due = (amount: number) => deadline(calendar, day, { amount, unit: 'workday' }).day;
  return {
    ...{ _id: event._id, state: 'toContact', personId: event.personId, hallId: event.hallId },
    ...{ department: event.department, ratedAt: now, month: day.slice(0, 7) },
    ...{ dueContact: due(rules.contactWorkdays), dueFix: due(rules.fixWorkdays) },
    ...{ contacted: false, extended: false, followUps: 0, answerSealed: null, answeredAt: null },
    ...{ standsAfter: null, appealedBy: null, revision: 0 },
    history: [{ at: now, by: event.personId ?? 'citizen', event: 'open', to: 'toContact', whySealed: null }],
  };
}
