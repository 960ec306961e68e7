import type { ClientSession } from 'mongoose';
import type { Clock } from '../../kernel/clock.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { ShownPerson } from '../booking/room.ts';
import type { Hall } from '../halls/model.ts';
import type { Ticket } from './model.ts';
import type { QueueRules } from './settings.ts';

/** What the queue area needs from the house. */
export interface QueueRoom {
  readonly clock: Clock;
  readonly calendar: WorkingDayCalendar;
  readonly rules: QueueRules;
  /** The same secret as the booking area's: it signs the QR codes. */
  readonly secret: string;
  readonly findHall: (id: string) => Promise<Hall | null>;
  readonly findPeople: (ids: readonly string[]) => Promise<readonly ShownPerson[]>;
  /** Told in the transaction in which a ticket was served to its end. */
  readonly ticketServed?: (ticket: Ticket, session: ClientSession) => Promise<void>;
}
