import type { Clock } from '../../kernel/clock.ts';
import type { Policy } from '../../kernel/http/route.ts';
import type { WorkingDayCalendar } from '../../kernel/workingDays/calendar.ts';
import type { Hall } from '../halls/model.ts';
import type { Matter } from '../matters/model.ts';
import type { CityChannel } from './cityChannel.ts';
import type { Served } from './model.ts';
import type { BookingRules } from './settings.ts';

/** A person as far as a list for staff may show one. */
export interface ShownPerson {
  readonly id: string;
  readonly displayName: string;
  readonly phoneMasked: string | null;
}

/** What the booking area needs from the house. */
export interface BookingRoom {
  readonly clock: Clock;
  readonly calendar: WorkingDayCalendar;
  readonly rules: BookingRules;
  /** Key of the QR signature and of the release jitter; from the configuration, never in the code. */
  readonly secret: string;
  readonly findHall: (id: string) => Promise<Hall | null>;
  readonly findMatter: (id: string) => Promise<Matter | null>;
  readonly findPeople: (ids: readonly string[]) => Promise<readonly ShownPerson[]>;
  /** How early one may check in, as the queue has it. */
  readonly checkInEarlyMinutes?: number;
  /** For bookings at the desk; none where the house does not let staff find people. */
  readonly desk?: {
    readonly findByIdNumber: (idNumber: string) => Promise<{ readonly id: string } | null>;
    readonly indexOf: (idNumber: string) => string;
  };
  /** Multiplies what counts as a burst; above 1 only for load tests. */
  readonly burstFactor?: number;
  /** The city's own booking system; none where it is not configured. */
  readonly city?: CityChannel | undefined;
  /** For whom a person books by one of their authorisations; throws where it does not reach so far. */
  readonly servedFor?: (
    personId: string,
    authorisationId: string,
    matterIds: readonly string[],
  ) => Promise<Served>;
  /** Throws where the citizen is not real-named to level 1. */
  readonly mayBook: Policy<'citizen'>;
  /** Throws where the member of staff may not read bookings. */
  readonly mayRead: Policy<'staff'>;
}
