import type { ClientSession } from 'mongoose';
import type { StoredCase } from '../areas/applications/model.ts';
import { findHall } from '../areas/halls/findHall.ts';
import { findMatter } from '../areas/matters/findMatter.ts';
import { findPerson } from '../areas/people/findPerson.ts';
import type { Ticket } from '../areas/queue/model.ts';
import { ratingsJobs } from '../areas/ratings/jobs.ts';
import { openRatingEvent } from '../areas/ratings/openRatingEvent.ts';
import type { RatingsRoom } from '../areas/ratings/room.ts';
import { ratingsRoutes } from '../areas/ratings/routes.ts';
import { ratingRules } from '../areas/ratings/settings.ts';
import { staffNames } from '../areas/staff/findStaff.ts';
import type { Clock } from '../kernel/clock.ts';
import type { FieldCipher } from '../kernel/crypto/fieldCipher.ts';
import type { Route } from '../kernel/http/route.ts';
import type { Job } from '../kernel/jobs.ts';
import type { WorkingDayCalendar } from '../kernel/workingDays/calendar.ts';

/** Ratings: other areas tell what services are over. */
export function openRatings(
  clock: Clock,
  deps: { readonly calendar: WorkingDayCalendar; readonly cipher: FieldCipher },
): {
  readonly room: RatingsRoom;
  readonly routes: readonly Route[];
  readonly jobs: readonly Job[];
  /** A ticket was served to its end, in the queue's transaction. */
  readonly ticketServed: (ticket: Ticket, session: ClientSession) => Promise<void>;
  /** A case was decided, in the transaction of the applications area. */
  readonly caseDecided: (decided: StoredCase, at: Date, session: ClientSession) => Promise<void>;
} {
  const room: RatingsRoom = { ...{ clock, findPerson, findMatter, staffNames, rules: ratingRules }, ...deps };
  return {
    room,
    routes: ratingsRoutes(room),
    jobs: ratingsJobs(room),
    caseDecided: async ({ _id, personId, caseNumber, matter }, finishedAt, session) =>
      openRatingEvent(
        room,
        {
          ...{ key: `case:${_id}`, kind: 'online', personId, number: caseNumber ?? _id },
          ...{ matter: matter.name, department: matter.department, hall: null, finishedAt },
        },
        session,
      ),
    ticketServed: async (ticket, session) =>
      openRatingEvent(
        room,
        {
          key: `ticket:${ticket._id}`,
          kind: 'hall',
          personId: ticket.personId,
          number: ticket.bookingNumber ?? `${ticket.day.replaceAll('-', '').slice(2)}${ticket.label}`,
          matter: ticket.matter ?? ticket.group,
          department: await departmentOf(ticket),
          hall: { id: ticket.hallId, name: ticket.hallName, window: ticket.window },
          finishedAt: ticket.endedAt ?? clock.now(),
        },
        session,
      ),
  };
}

/** Whose window it was; a window of several departments is the hall's own. */
async function departmentOf(ticket: Ticket): Promise<string> {
  const hall = await findHall(ticket.hallId);
  const windows = hall?.zones.flatMap((zone) => zone.windows) ?? [];
  const departments = windows.find((each) => each.number === ticket.window)?.departments ?? [];
  return departments.length === 1 ? departments[0]! : ticket.hallName;
}
